// The time zone of this device, put into the form for mail where nothing else was chosen.
const zone = document.getElementById("mail-time_zone");
if (zone && zone.value === "UTC") zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
