"""The vocabulary of the package: kinds, roles, values and namespaces.

The ontology, the claim record, the command line and the documentation use these
names and no others. Every value here is a term of `ontology/`; a test compares them.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal[
    "meeting", "post", "commitment", "concern", "control", "position", "document", "utterance"
]
Modality = Literal["considering", "planned", "reaffirmed", "pledged", "agreed"]
MeetingStatus = Literal["held", "planned", "cancelled", "denied"]
ControlStatus = Literal["in-force", "announced", "considered", "lifted", "suspended"]
Polarity = Literal["positive", "negative"]
ControlType = Literal[
    "export-control", "export-ban", "licensing", "quota", "tariff",
    "import-restriction", "sanction", "entity-listing", "investment-screening",
]  # fmt: skip
PositionType = Literal["dominance", "dependence", "producer"]
DocumentType = Literal[
    "joint-statement", "declaration", "agreement", "memorandum", "report", "law", "notice"
]
EntityType = Literal[
    "person", "organisation", "state", "bloc", "place", "framework", "thing", "date", "number"
]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MODALITIES: Final[tuple[Modality, ...]] = get_args(Modality)  # weakest first

ROLES: Final[dict[Kind, tuple[str, ...]]] = {
    "meeting": ("party", "attendee", "host", "date", "place", "ordinal", "framework", "follows"),
    "post": ("person", "title", "of"),
    "commitment": ("actor", "counterparty", "topic", "framework", "date"),
    "concern": ("holder", "target", "topic"),
    "control": ("imposer", "target", "item", "date", "type"),
    "position": ("actor", "item", "type", "share"),
    "document": ("issuer", "title", "date", "place", "type"),
    "utterance": ("speaker", "date", "venue"),
}

AGENT_ROLES: Final = frozenset((
    "actor", "counterparty", "holder", "target", "imposer", "issuer", "speaker", "party", "host",
    "of",
))  # fmt: skip
"""Roles of states, bodies and persons that act or are acted upon; `person` and `attendee` name
persons alone."""

EVENT_CLASSES: Final[dict[Kind, str]] = {
    "meeting": "DiplomaticMeeting",
    "post": "PostHolding",
    "commitment": "PolicyCommitment",
    "concern": "PolicyConcern",
    "control": "ControlMeasure",
    "position": "SupplyPosition",
    "document": "OfficialDocument",
    "utterance": "Utterance",
}

DEFINITIONS: Final = "https://w3id.org/communique/def#"
SHAPES: Final = "https://w3id.org/communique/shapes#"
CONCEPTS: Final = "https://w3id.org/communique/concept/"
ONTOLOGY: Final = "https://w3id.org/communique/ontology"
DATA: Final = "https://w3id.org/communique/id/"

PREFIXES: Final[dict[str, str]] = {
    "cmq": DEFINITIONS,
    "cmqsh": SHAPES,
    "control": f"{CONCEPTS}control/",
    "dcterms": "http://purl.org/dc/terms/",
    "document": f"{CONCEPTS}document/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kind": f"{CONCEPTS}kind/",
    "material": f"{CONCEPTS}material/",
    "modality": f"{CONCEPTS}modality/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "polarity": f"{CONCEPTS}polarity/",
    "position": f"{CONCEPTS}position/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "status": f"{CONCEPTS}status/",
    "topic": f"{CONCEPTS}topic/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
