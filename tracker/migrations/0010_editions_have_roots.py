"""Every entry gets the root of the log up to it; documents are kept as their canonical bytes."""

import hashlib
import json

from django.db import migrations, models


PLACES = ("note", "accession", "ally", "event", "commitment")


def name_editions(apps, schema_editor):
    """Write the roots of the entries that there are, as `tracker.domain.merkle` works them out."""
    let_change(schema_editor)
    frontier, size, root = [], 0, hashlib.sha256(b"").hexdigest()
    for entry in apps.get_model("tracker", "Change").objects.order_by("position").iterator(chunk_size=500):
        entry.payload = canonical(json.loads(entry.payload))
        node, size = hashlib.sha256(b"\0" + leaf(entry)).digest(), size + 1
        left = size
        while not left & 1:
            node, left = hashlib.sha256(b"\1" + frontier.pop() + node).digest(), left >> 1
        frontier.append(node)
        root = whole(frontier)
        entry.root = root
        entry.save(update_fields=["payload", "root"])
    nodes = [node.hex() for node in frontier]
    apps.get_model("tracker", "LogHead").objects.update(root=root, frontier=nodes)


def write_canonically(apps, schema_editor):
    """Sort the keys of what rectifications keep."""
    for row in apps.get_model("tracker", "Rectification").objects.all():
        row.was = canonical(json.loads(row.was))
        row.now = canonical(json.loads(row.now)) if row.now else None
        row.save(update_fields=["was", "now"])


def let_change(schema_editor):
    """Take the triggers away that guard the rows; they are put back after every migration."""
    if schema_editor.connection.vendor == "postgresql":
        for table in ("tracker_change", "tracker_rectification"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_update ON {table}")


def whole(frontier):
    """The root of the tree that has these subtrees."""
    root = frontier[-1]
    for node in reversed(frontier[:-1]):
        root = hashlib.sha256(b"\1" + node + root).digest()
    return root.hex()


def leaf(entry):
    """The canonical bytes of the entry."""
    row = {name: getattr(entry, name) or None for name in PLACES}
    row |= {name: getattr(entry, name) for name in ("position", "type", "late", "origin")}
    days = {name: getattr(entry, name) for name in ("earliest", "latest")}
    row |= {name: day.isoformat() if day else None for name, day in days.items()}
    row["recorded_at"] = entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    row["payload"] = json.loads(entry.payload)
    return canonical(row).encode()


def canonical(document):
    """The document as canonical JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0009_push_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='root',
            field=models.CharField(blank=True, max_length=64, verbose_name='root'),
        ),
        migrations.AddField(
            model_name='loghead',
            name='frontier',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='loghead',
            name='root',
            field=models.CharField(default='e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', max_length=64),
        ),
        migrations.AlterField(
            model_name='change',
            name='payload',
            field=models.TextField(verbose_name='what is now true'),
        ),
        migrations.AlterField(
            model_name='rectification',
            name='now',
            field=models.TextField(null=True, verbose_name='what replaces it'),
        ),
        migrations.AlterField(
            model_name='rectification',
            name='was',
            field=models.TextField(verbose_name='what we said'),
        ),
        migrations.RunPython(name_editions, migrations.RunPython.noop),
        migrations.RunPython(write_canonically, migrations.RunPython.noop),
    ]
