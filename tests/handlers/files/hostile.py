"""Excel files, good and made to do harm, as bytes."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import openpyxl

DTD = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">{entities}]>'


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """A plain workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def altered(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with parts of its archive replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_of(data: bytes) -> str:
    """The XML of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def zip_bomb(megabytes: int) -> bytes:
    """A small file whose sheet unpacks to a very large one."""
    sheet = b"<worksheet>" + b" " * (megabytes * 1024 * 1024) + b"</worksheet>"
    return altered(workbook([["team"]]), {"xl/worksheets/sheet1.xml": sheet})


def entity_bomb() -> bytes:
    """Billion laughs in the sheet's XML."""
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise(names))
    sheet = sheet_of(workbook([["team"]])).replace("team", "&j;")
    return altered(
        workbook([["team"]]), {"xl/worksheets/sheet1.xml": (DTD.format(entities=entities) + sheet).encode()}
    )


def outside_entity(secret: Path) -> bytes:
    """A sheet that asks for a file of the machine that reads it."""
    sheet = sheet_of(workbook([["team"]])).replace("team", "&x;")
    dtd = DTD.format(entities=f'<!ENTITY x SYSTEM "{secret.as_uri()}">')
    return altered(workbook([["team"]]), {"xl/worksheets/sheet1.xml": (dtd + sheet).encode()})


def many_strings(count: int) -> bytes:
    """Shared strings that nobody uses, each a little different so that they do not pack too well."""
    strings = "".join(f"<si><t>{at * 2654435761 % 2**32:x}</t></si>" for at in range(count))
    xml = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    plain = workbook([["team"]])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = types.replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    return altered(plain, {"xl/sharedStrings.xml": xml.encode(), "[Content_Types].xml": types.encode()})
