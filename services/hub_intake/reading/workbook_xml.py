"""What a workbook's own XML says of its sheets: which part holds which sheet, and where its days are counted from."""

from posixpath import join, normpath

from lxml import etree

from hub_intake.reading.packages import Package

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def sheet_parts(package: Package) -> dict[str, str]:
    """Sheet name → path of its XML in the package."""
    targets = {
        relation.get("Id"): normpath(join("xl", relation.get("Target") or "")).lstrip("/")
        for relation in _parse(package, _RELATIONS).iter("{*}Relationship")
    }
    parts: dict[str, str] = {}
    for sheet in _parse(package, _WORKBOOK).iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID))
        if target in package.names:
            parts[sheet.get("name") or ""] = target
    return parts


def date_system(package: Package) -> int:
    """1904 if the workbook counts its days from 1904, else 1900."""
    for properties in _parse(package, _WORKBOOK).iter("{*}workbookPr"):
        if properties.get("date1904") in ("1", "true"):
            return 1904
    return 1900


def _parse(package: Package, name: str) -> etree._Element:
    if name not in package.names:
        return etree.Element("absent")
    return etree.fromstring(package.read(name), etree.XMLParser(**_PARSER_OPTIONS))
