"""The data set described for machines: VoID and DCAT 3.

A holding in, statements out: what there is, how much of it, under which licence, where it can be
had whole, and where it can be asked. No clock: the date is that of the latest article.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg import __version__
from kg.iris import content_hash, slug
from kg.site.framing import as_of
from kg.site.machines.dumps import dumps
from kg.site.machines.naming import (
    DATASET,
    DESCRIPTION,
    MEDIA_TYPES,
    VOID,
    Description,
    endpoint,
    fragment,
    home,
    name_of,
)
from kg.site.machines.statistics import Statistics, counted_in, statistics
from kg.site.model import Dump, Holding
from kg.terms import DEFINITIONS, PREFIXES

_SUBJECTS = ("Diplomacy", "Trade policy", "Critical minerals", "Sanctions and export controls")


def counted(holding: Holding) -> Statistics:
    """Count what a holding holds, once; of a large one the process that makes its lists does."""
    found: Statistics | None = holding.kept.get("statistics")
    if found is None:
        if holding.lists is not None:
            found = counted_in(holding.lists(wait=holding.settings.files))
        else:
            found = statistics(holding.dataset, holding.iris.base)
        holding.kept["statistics"] = found
    return found


def void(holding: Holding) -> Description:
    """Describe the data set in VoID."""
    told, root = Description(), home(holding)
    document, dataset = root + VOID, root + DATASET
    told.kind(document, "void:DatasetDescription")
    told.link(document, "foaf:primaryTopic", dataset)
    _dataset(told, holding, dataset)
    told.kind(dataset, "void:Dataset")
    found = counted(holding)
    told.say(dataset, "void:triples", found.statements)
    told.say(dataset, "void:classes", len(found.classes))
    told.say(dataset, "void:properties", len(found.properties))
    told.say(dataset, "void:uriSpace", holding.iris.base)
    told.link(dataset, "void:sparqlEndpoint", endpoint(holding))
    told.link(dataset, "void:dataDump", *(root + each.path for each in dumps(holding)))
    told.link(dataset, "void:rootResource", f"{root}index.html")
    told.link(dataset, "void:exampleResource", *_examples(holding))
    told.link(dataset, "void:vocabulary", *_vocabularies(found))
    for short_name in ("Turtle", "RDF_XML", "N-Triples", "JSON-LD", "TriG"):
        told.link(dataset, "void:feature", f"http://www.w3.org/ns/formats/{short_name}")
    _partitions(told, dataset, root + VOID, found)
    _linksets(told, dataset, root + VOID, found)
    return told


def dcat(holding: Holding) -> Description:
    """Describe the site as a catalogue of one data set, in DCAT 3."""
    told, root = Description(), home(holding)
    catalogue, dataset = f"{root}dcat#catalogue", root + DATASET
    told.kind(catalogue, "dcat:Catalog")
    told.say(catalogue, "dcterms:title", _text(holding.settings.title))
    told.say(catalogue, "dcterms:description", _text(DESCRIPTION))
    _published(told, holding, catalogue)
    told.link(catalogue, "foaf:homepage", root)
    told.link(catalogue, "dcat:dataset", dataset)
    told.kind(dataset, "dcat:Dataset")
    _dataset(told, holding, dataset)
    told.say(dataset, "dcat:keyword", *map(_text, _SUBJECTS))
    told.say(dataset, "dcat:version", holding.release or holding.digest[:16])
    told.say(dataset, "dcterms:identifier", holding.digest)
    _previous(told, holding, dataset)
    told.link(dataset, "dcterms:conformsTo", DEFINITIONS.removesuffix("#"))
    told.link(dataset, "prov:wasGeneratedBy", f"{root}dcat#software")
    for each in dumps(holding):
        _distribution(told, holding, dataset, each)
    for name, address, words in _services(holding):
        service = f"{root}dcat#{name}"
        told.link(catalogue, "dcat:service", service)
        told.kind(service, "dcat:DataService")
        told.say(service, "dcterms:title", _text(words))
        told.link(service, "dcat:endpointURL", address)
        told.link(service, "dcat:servesDataset", dataset)
        told.link(service, "dcat:endpointDescription", address if name == "sparql" else "")
    _software(told, holding, f"{root}dcat#software")
    return told


def _dataset(told: Description, holding: Holding, dataset: str) -> None:
    """Say what both vocabularies say by Dublin Core."""
    settings = holding.settings
    told.say(dataset, "dcterms:title", _text(settings.title))
    told.say(dataset, "dcterms:description", _text(DESCRIPTION))
    _published(told, holding, dataset)
    told.link(dataset, "dcterms:license", settings.licence)
    told.say(dataset, "dcterms:modified", _date(as_of(holding)))
    told.link(dataset, "foaf:homepage", home(holding))
    told.link(dataset, "dcat:landingPage", f"{home(holding)}about.html")


def _distribution(told: Description, holding: Holding, dataset: str, dump: Dump) -> None:
    root = home(holding)
    name = dump.path.rpartition("/")[2].replace(".", "-")
    this, checksum = f"{root}dcat#{name}", f"{root}dcat#{name}-checksum"
    told.link(dataset, "dcat:distribution", this)
    told.kind(this, "dcat:Distribution")
    told.say(this, "dcterms:title", _text(dump.title))
    told.link(this, "dcat:accessURL", f"{root}about.html")
    told.link(this, "dcat:downloadURL", root + dump.path)
    told.link(this, "dcat:mediaType", MEDIA_TYPES + dump.media_type)
    told.link(this, "dcat:compressFormat", f"{MEDIA_TYPES}application/gzip" if dump.packed else "")
    told.say(this, "dcat:byteSize", _typed(str(dump.bytes), "nonNegativeInteger"))
    told.link(this, "dcterms:license", holding.settings.licence)
    told.link(this, "spdx:checksum", checksum)
    told.kind(checksum, "spdx:Checksum")
    told.say(checksum, "spdx:algorithm", name_of("spdx:checksumAlgorithm_sha256"))
    told.say(checksum, "spdx:checksumValue", _typed(dump.sha256, "hexBinary"))


def _previous(told: Description, holding: Holding, dataset: str) -> None:
    """Name the release before, where one is known."""
    if holding.previous:
        before = f"{home(holding)}dcat#release-{slug(holding.previous)}"
        told.link(dataset, "dcat:previousVersion", before)
        told.kind(before, "dcat:Dataset")
        told.link(before, "dcat:isVersionOf", dataset)
        told.say(before, "dcat:version", holding.previous)
        told.say(before, "dcterms:title", _text(f"{holding.settings.title}, {holding.previous}"))


def _services(holding: Holding) -> list[tuple[str, str, str]]:
    found = [("sparql", endpoint(holding), "SPARQL endpoint")] if endpoint(holding) else []
    if not holding.settings.files:
        address = f"{home(holding)}graphs"
        found.append(("graphs", address, "Graph Store Protocol, to be read"))
    return found


def _software(told: Description, holding: Holding, activity: str) -> None:
    """Say by which programs the data was made."""
    told.kind(activity, "prov:Activity")
    for name, version in sorted({**holding.tools, "communique": __version__}.items()):
        agent = f"{activity}-{content_hash(name)}"
        told.link(activity, "prov:wasAssociatedWith", agent)
        told.kind(agent, "prov:SoftwareAgent")
        told.say(agent, "rdfs:label", name)
        told.say(agent, "dcterms:hasVersion", version)


def _partitions(told: Description, dataset: str, here: str, found: Statistics) -> None:
    for name, number in found.classes.items():
        part = f"{here}#class-{fragment(name)}"
        told.link(dataset, "void:classPartition", part)
        told.kind(part, "void:Dataset")
        told.link(part, "void:class", name)
        told.say(part, "void:entities", number)
        for each in found.properties_of[name]:
            inner = f"{part}-{fragment(each)}"
            told.link(part, "void:propertyPartition", inner)
            told.link(inner, "void:property", each)
    for name, use in found.properties.items():
        part = f"{here}#property-{fragment(name)}"
        told.link(dataset, "void:propertyPartition", part)
        told.kind(part, "void:Dataset")
        told.link(part, "void:property", name)
        told.say(part, "void:triples", use.statements)
        told.say(part, "void:distinctObjects", use.values)


def _linksets(told: Description, dataset: str, here: str, found: Statistics) -> None:
    for each in found.linksets:
        part = f"{here}#links-{fragment(each.property)}-{fragment(each.target)}"
        target = f"{part}-target"
        told.link(dataset, "void:subset", part)
        told.kind(part, "void:Linkset")
        told.link(part, "void:linkPredicate", each.property)
        told.link(part, "void:subjectsTarget", dataset)
        told.link(part, "void:objectsTarget", target)
        told.say(part, "void:triples", each.links)
        told.kind(target, "void:Dataset")
        told.say(target, "void:uriSpace", each.target)


def _examples(holding: Holding) -> list[str]:
    """Name the first meeting and the first commitment, if there are any."""
    found = []
    for kind in ("DiplomaticMeeting", "PolicyCommitment", "Person"):
        quads = holding.dataset.quads(None, name_of("rdf:type"), name_of(f"cmq:{kind}"))
        first = next((q.subject.value for q in quads if isinstance(q.subject, NamedNode)), None)
        found += [first] if first else []
    return found


def _vocabularies(found: Statistics) -> list[str]:
    """Name the vocabularies whose terms are used."""
    names = (*found.properties, *found.classes)
    spaces = [space for space in PREFIXES.values() if space.endswith("#") or "/terms/" in space]
    return sorted(space for space in spaces if any(name.startswith(space) for name in names))


def _published(told: Description, holding: Holding, subject: str) -> None:
    """Say who publishes, if the operator does."""
    if holding.settings.publisher:
        agent = f"{home(holding)}dcat#publisher"
        told.link(subject, "dcterms:publisher", agent)
        told.kind(agent, "foaf:Agent")
        told.say(agent, "foaf:name", holding.settings.publisher)


def _text(words: str) -> Literal:
    return Literal(words, language="en")


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(f"{PREFIXES['xsd']}{datatype}"))


def _date(day: str) -> Literal | None:
    """Give a date in its precision."""
    kinds = {len("2024"): "gYear", len("2024-06"): "gYearMonth", len("2024-06-26"): "date"}
    return _typed(day, kinds[len(day)]) if len(day) in kinds else None
