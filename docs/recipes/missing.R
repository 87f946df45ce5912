# Who was missing for an accession on a day, and how long each ally took:
#     Rscript missing.R http://localhost:8000 SWE 2023-10-30

given <- commandArgs(trailingOnly = TRUE)
site <- if (length(given) > 0) given[1] else "http://localhost:8000"
accession <- if (length(given) > 1) given[2] else "SWE"
day <- if (length(given) > 2) given[3] else "2023-10-30"

address <- paste0(site, "/api/v1/ratifications.csv?accession=", accession, "&as_of=", day)
rows <- read.csv(address, na.strings = "", encoding = "UTF-8", check.names = FALSE)
approved <- rows[["stages.approved.state"]]

cat("missing:", rows$ally[approved == "not_reached"], "\n")
cat("not known:", rows$ally[approved == "unknown"], "\n")

# A day that is not known is an interval: both ends, and no middle.
signed <- as.Date(rows[["stages.signed.earliest"]])
first <- as.Date(rows[["stages.approved.earliest"]]) - signed
last <- as.Date(rows[["stages.approved.latest"]]) - signed
print(data.frame(ally = rows$ally, at_least = as.integer(first), at_most = as.integer(last)))
