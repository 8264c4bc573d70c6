"""Claims to identity."""

from __future__ import annotations

from collections.abc import Callable

from kg.claims.model import Claim
from kg.entities.model import Entity, Identity, Judgement
from kg.entities.resolve import resolve

Make = Callable[..., Claim]


def corpus(make: Make) -> list[Claim]:
    """Four articles on one invented meeting, with the spellings that such articles have."""
    return [
        make("a", "post", person="Noh Min-ja", title="Minister of Salt and Grain", of="KR"),
        make("a", "meeting", attendee=["Noh Min-ja", "Tabata Ken", "Ida Holm"], party=["KR", "JP"]),
        make("a", "post", person="Tabata Ken", title="Salt Minister", of="JP"),
        make("b", "post", person="Min-ja Noh/Ms Noh", title="Grain Minister", of="KR"),
        make("b", "meeting", attendee=["Min-ja Noh", "Ken Tabata", "Ida Holm"], party=["KR", "JP"]),
        make("b", "post", person="Ken Tabata", title="Minister of Salt", of="JP"),
        make("c", "post", person="Roh Minja", title="Salt and Grain Minister", of="KR"),
        make("c", "meeting", attendee=["Roh Minja", "Tabata Gen", "Ida Holm"], party=["KR", "JP"]),
        make("c", "post", person="Tabata Gen", title="Minister of Salt", of="JP"),
        make("d", "post", person="Nohmin Ja", title="Minister of Salt and Grain"),
        make("d", "post", person="Tabata Ken", title="Fisheries Minister", of="NO"),
        make("d", "commitment", actor=["KR", "EU"], topic=["gallium", "salt domes"]),
        make("d", "utterance", speaker="Holm", attribution="Salt Times"),
    ]


def entity(identity: Identity, label: str) -> Entity:
    found = [each for each in identity.entities if label in [form.form for form in each.forms]]
    assert len(found) == 1, [each.id for each in found]
    return found[0]


def test_one_minister_has_all_spellings_and_the_glued_one_is_marked(make: Make) -> None:
    minister = entity(resolve(corpus(make), {}), "Noh Min-ja")
    forms = {form.form: (form.variant, form.rule) for form in minister.forms}
    assert forms == {
        "Noh Min-ja": ("attested", None),
        "Min-ja Noh": ("attested", None),
        "Roh Minja": ("attested", None),
        "Nohmin Ja": ("garbled", "surname-glued-to-given-name"),
    }


def test_a_misread_name_is_an_attested_form_of_its_bearer(make: Make) -> None:
    identity = resolve(corpus(make), {})
    minister = entity(identity, "Tabata Gen")
    assert minister.label in ("Tabata Ken", "Ken Tabata")
    assert {form.form: form.variant for form in minister.forms}["Tabata Gen"] == "garbled"
    assert len([each for each in identity.entities if "tabata" in each.id]) == 2  # and a namesake


def test_namesakes_get_ids_of_their_own_from_their_states(make: Make) -> None:
    claims = [
        make("a", "post", person="Kim Min-ja", title="Salt Minister", of="KR"),
        make("b", "post", person="Kim Min-ja", title="Grain Minister", of="KP"),
        make("c", "post", person="Ida Holm", title="Grain Minister", of="NO"),
    ]
    ids = [each.id for each in resolve(claims, {}).entities if each.type == "person"]
    assert ids == ["person/ida-holm", "person/kim-min-ja-kp", "person/kim-min-ja-kr"]


def test_states_blocs_and_things_are_told_by_code_and_concept(make: Make) -> None:
    identity = resolve(corpus(make), {})
    by_id = {each.id: each for each in identity.entities}
    assert by_id["state/KR"].label == "South Korea"
    assert by_id["state/KR"].codes == {"iso3166-1": "KR"}
    assert by_id["bloc/EU"].type == "bloc"
    gallium = by_id["https://w3id.org/communique/concept/material/gallium"]
    assert gallium.concept == gallium.id
    assert by_id["topic/salt-dome"].concept is None


def test_the_order_of_claims_does_not_matter(make: Make) -> None:
    claims = corpus(make)
    expected = resolve(claims, {})
    for step in (1, 3, 5):
        turned = [*claims[step:], *claims[:step]][::-1]
        assert resolve(turned, {}) == expected


def test_every_mention_has_exactly_one_entity(make: Make) -> None:
    identity = resolve(corpus(make), {})
    groups = [key for each in identity.entities for key in each.groups]
    assert len(groups) == len(set(groups))
    assert {mention.key for mention in identity.mentions} == set(groups)
    assert len({each.id for each in identity.entities}) == len(identity.entities)


def test_a_readers_judgement_parts_what_rules_join_and_can_be_withdrawn(make: Make) -> None:
    claims = corpus(make)
    before = resolve(claims, {})
    keys = {mention.ref: mention.key for mention in before.mentions if mention.type == "person"}
    low, high = sorted((keys["Noh Min-ja"], keys["Roh Minja"]))
    said = Judgement("x", low, high, "different", "a reader", 1.0, ("seen in person",))
    after = resolve(claims, {}, [said])
    assert said in after.judgements
    assert entity(after, "Noh Min-ja").id != entity(after, "Roh Minja").id
    assert resolve(claims, {}) == before


def test_hostile_names_make_safe_ids(make: Make) -> None:
    claims = [
        make("a", "utterance", speaker="x> } ; DROP ALL ; <y"),
        make("a", "utterance", speaker="../../etc/passwd Lee"),
        make("a", "commitment", actor="NO", topic="\u202e<script>"),
        make("a", "utterance", speaker="斎藤 健"),
    ]
    for each in resolve(claims, {}).entities:
        assert not set(each.id) & set("<>{} \u202e\"'"), each.id
        assert ".." not in each.id


def test_places_that_are_states_are_not_one_place(make: Make) -> None:
    claims = [
        make("a", "meeting", party=["JP", "KR"], place="Belgium"),
        make("b", "meeting", party=["NO", "KR"], place="Singapore"),
        make("c", "meeting", party=["NO", "SE"], place="Belgium"),
    ]
    places = {each.label: each for each in resolve(claims, {}).entities if each.type == "place"}
    assert set(places) == {"Belgium", "Singapore"}
    assert len(places["Belgium"].groups) == 2


def test_a_name_of_common_words_is_one_within_its_article_only(make: Make) -> None:
    claims = [
        make("a", "commitment", actor="KR", framework="Action Plan"),
        make("a", "commitment", actor="JP", framework="Action Plan"),
        make("b", "commitment", actor="NO", framework="Action Plan"),
        make("c", "commitment", actor="SE", framework="Salt Action Plan"),
    ]
    found = [each for each in resolve(claims, {}).entities if each.type == "framework"]
    plain = [each for each in found if each.label == "Action Plan"]
    assert len(plain) == 2
    assert len({each.id for each in plain}) == 2
    assert len([each for each in found if each.label == "Salt Action Plan"]) == 1


def test_a_plan_named_in_full_is_meant_by_its_common_words_in_the_article(make: Make) -> None:
    claims = [
        make("b", "commitment", actor="NO", framework="Action Plan"),
        make("b", "commitment", actor="NO", framework="Salt Action Plan"),
        make("c", "commitment", actor="SE", framework="Salt Action Plan"),
    ]
    found = [each for each in resolve(claims, {}).entities if each.type == "framework"]
    assert [(each.label, len(each.groups)) for each in found] == [("Salt Action Plan", 3)]


def test_of_equal_forms_the_one_without_capitals_after_a_hyphen_is_the_label(make: Make) -> None:
    claims = [
        make("a", "post", person="Noh Min-Ja", title="Minister of Salt", of="KR"),
        make("b", "post", person="Noh Min-ja", title="Minister of Salt", of="KR"),
    ]
    assert entity(resolve(claims, {}), "Noh Min-Ja").label == "Noh Min-ja"
    more = [*claims, make("c", "post", person="Noh Min-Ja", title="Salt Minister", of="KR")]
    assert entity(resolve(more, {}), "Noh Min-ja").label == "Noh Min-Ja"


def test_a_name_in_capitals_or_a_bare_surname_is_not_the_label(make: Make) -> None:
    claims = [
        make("a", "post", person="Omar DIOP", title="Minister of Salt", of="SN"),
        make("b", "post", person="Omar DIOP", title="Minister of Salt", of="SN"),
        make("c", "post", person="Omar Diop", title="Minister of Salt", of="SN"),
        make("d", "post", person="T. R. Wynn/Mr Wynn", title="Envoy for Salt", of="CA"),
    ]
    labels = {each.label for each in resolve(claims, {}).entities if each.type == "person"}
    assert labels == {"Omar Diop", "T. R. Wynn"}


def test_an_occasion_told_by_its_place_is_one_where_the_same_states_met_after_it(
    make: Make,
) -> None:
    claims = [
        make("a", "meeting", party=["NO", "SE"], follows="Salt Harbour Summit"),
        make("b", "meeting", party=["NO", "SE"], follows="Salt Harbour"),
        make("c", "meeting", party=["KR", "JP"], follows="Grain Harbour Summit"),
        make("d", "meeting", party=["NO", "JP"], follows="Grain Harbour"),
    ]
    found = [each for each in resolve(claims, {}).entities if each.type == "occasion"]
    assert sorted(len(each.groups) for each in found) == [1, 1, 2]


def test_a_wording_that_names_no_thing_is_no_topic(make: Make) -> None:
    claims = [
        make("a", "commitment", actor="NO", topic=["countries", "meetings", "salt domes"]),
        make("a", "control", imposer="NO", item=["nations", "salt"]),
    ]
    things = {
        each.id for each in resolve(claims, {}).entities if each.type in ("topic", "material")
    }
    assert things == {"topic/salt-dome", "topic/salt"}


def test_the_label_of_a_thing_says_what_it_was_read_as(make: Make) -> None:
    claims = [
        make("a", "commitment", actor="NO", topic="salt domes/caverns"),
        make("b", "commitment", actor="SE", topic="salt domes/hollows"),
        make("b", "commitment", actor="SE", topic="salt mills/salt mills"),
    ]
    labels = {each.label for each in resolve(claims, {}).entities if each.type == "topic"}
    assert labels == {"salt dome", "salt mills"}


def test_names_that_differ_in_a_letter_need_company_beside_state_and_office(make: Make) -> None:
    names = ("Marta Solvik", "Marina Solvik")
    claims = [
        make(article, "post", person=name, title="Minister of Salt", of="NO")
        for article, name in zip("ab", names, strict=True)
    ]
    assert len([each for each in resolve(claims, {}).entities if each.type == "person"]) == 2
    typo = [
        make("a", "post", person="Henrik Solvikson", title="Minister of Salt", of="NO"),
        make("b", "post", person="Henrik Solvigson", title="Minister of Salt", of="NO"),
        make("a", "meeting", attendee=["Henrik Solvikson", "Omar Diop"]),
        make("b", "meeting", attendee=["Henrik Solvigson", "Omar Diop"]),
    ]
    assert len([each for each in resolve(typo, {}).entities if each.type == "person"]) == 2
