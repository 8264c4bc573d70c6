"""Claims of the kind document: a reading in, drafts out.

A document counts where somebody issues, adopts or signs it, where its signing is named, and where
the article cites a joint one ("according to a joint statement") for the first time. What is only
to be signed is a plan, not a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.dates import behind
from kg.claims.draft import CARRIED, LIKELY, SURE, Draft
from kg.claims.frames import Instance, instances
from kg.claims.model import Filler
from kg.claims.moods import MAYBE, PROMISING, UNREAL, auxiliaries
from kg.claims.reading import Reading
from kg.claims.reference import nouns
from kg.claims.sentences import Sentence
from kg.claims.titles import title_of
from kg.claims.triggers import lemma, support_of, trigger_at
from kg.claims.voices import Voice, issuers, parties_before, voice
from kg.claims.wording import wording
from kg.states import capitals

READ: Final = frozenset(("body", "caption"))
JOINT: Final = frozenset(("joint-statement", "declaration"))
BY_OTHERS: Final = frozenset(("report", "law", "notice"))  # never carried over from before
CITED: Final = frozenset(("in", "to", "by", "with", "per"))
TIMED: Final = frozenset(("prep", "npadvmod", "advmod", "tmod"))
FINITE: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))
LONGEST_LIST: Final = 12  # items of a list of documents
FIRST: Final = 8  # words of an item among which its noun stands
PACTS: Final = frozenset(("agreement", "memorandum", "declaration"))
PLAIN: Final = frozenset(["statement", "text", "paper"])
GENERATION: Final = 25  # years
NEAR: Final = 5  # tokens
BOUNDS: Final = frozenset(["by", "until", "till", "since", "through", "before", "after"])
ASIDE: Final = frozenset(["after", "before", "since", "once"])


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the document claims of an article, in text order."""
    told: set[str] = set()
    for sentence in reading.sentences:
        if sentence.role not in READ:
            continue
        yield from _listed(reading, sentence)
        for instance in instances(sentence, "document"):
            draft = _document(reading, instance, told)
            if draft is not None:
                told.add(draft.roles["title"][0].value.lower())
                yield draft


def _listed(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    """Yield the documents of a list: "The following were signed: – Agreement on …"."""
    if not sentence.text.rstrip().endswith(":"):
        return
    done = (t for t in sentence.span if t.tag_ == "VBN" and lemma(t) in wording().concluding)
    verb = next(done, None)
    if verb is None or not _is_done(verb):
        return
    doers = voice(reading, sentence, guises.subject(verb)).actors
    who = doers or parties_before(reading, sentence) or parties_before(reading, sentence, 1)
    for item in reading.sentences[sentence.index + 1 : sentence.index + LONGEST_LIST]:
        noun = next((t for t in item.span[:FIRST] if trigger_at(t, "document")), None)
        if noun is None or not who or any(t.tag_ in FINITE for t in item.span):
            return
        title = title_of(item, noun)
        kind = str(getattr(trigger_at(noun, "document"), "value", "agreement"))
        roles = {"issuer": who, "title": (title,), "type": (Filler(ref=kind),)}
        yield Draft("document", item, roles, confidence=LIKELY, token=noun)


def _document(reading: Reading, instance: Instance, told: set[str]) -> Draft | None:
    sentence, noun = instance.sentence, instance.token
    title, act = title_of(sentence, noun), _act(instance)
    if _is_plain(instance):
        reading.drop("document", sentence, noun, "nothing brings it about here")
        return None
    since = _since(reading, instance) if act is None else ()
    if act is None and not since and (title.value.lower() in told or not _is_cited(instance)):
        reading.drop("document", sentence, noun, "nothing brings it about here")
        return None
    facts = reading.factuality(sentence, act or noun)
    if facts.hypothetical or facts.question:
        reading.drop("document", sentence, noun, "a question, or only supposed")
        return None
    who = _owned(reading, instance) if since else _issuers(reading, instance, act)
    if not who.actors and not since and not _is_of_several(noun, act):
        reading.drop("document", sentence, noun, "nobody is named who issues it")
        return None
    dated = act or (_governor(noun) if noun.head.lower_ == "in" else None)
    roles = {
        "issuer": who.actors,
        "title": (title,),
        "date": since or (_dates(reading, sentence, dated) if dated is not None else ()),
        "place": _places(reading, sentence, dated or noun),
        "type": (Filler(ref=instance.trigger.value),),
    }
    base = SURE if act is not None else LIKELY
    return Draft(
        "document",
        sentence,
        {role: fillers for role, fillers in roles.items() if fillers},
        polarity=facts.polarity,
        attribution=reading.attribution(sentence, act or noun),
        confidence=round(base * (CARRIED if who.carried else 1.0), 3),
        token=noun,
    )


def _is_plain(instance: Instance) -> bool:
    """Say whether a text or statement is one of many, not one that is signed or adopted."""
    noun, verb = instance.token, instance.verb
    bare = lemma(noun) in PLAIN and instance.trigger.words == (lemma(noun),)
    adopted = verb is not None and lemma(verb) in wording().adopting
    return bare and instance.support != "signed" and not adopted


def _is_of_several(noun: Token, act: Token | None) -> bool:
    """Say whether several whom the article does not name here signed or issued it."""
    several = (t for t in _doers(noun, act) if t.tag_ in ("NNS", "NNPS"))
    people = nouns().persons | nouns().states
    return act is not None and any(lemma(t) in people for t in several)


def _owned(reading: Reading, instance: Instance) -> Voice:
    """Give whose a pact is that is only named with its date: "their 2015 agreement"."""
    owners = [c for c in instance.token.children if c.dep_ == "poss"]
    owners += guises.prepositional(instance.token, "between")
    return voice(reading, instance.sentence, owners)


def _since(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the date of a pact that is only named with it: "under the 2015 agreement"."""
    noun, sentence = instance.token, instance.sentence
    numbered = instance.trigger.value == "law" and any(t.like_num for t in noun.children)
    if not (numbered or instance.trigger.value in PACTS) or noun.dep_ != "pobj":
        return ()
    if noun.head.lower_ not in ("under", "by"):
        return ()
    for child in noun.children:
        held = child.dep_ in ("compound", "nummod", "amod", "nmod") or child.lower_ in ("in", "of")
        if held and (found := reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)):
            return () if _is_history(found[0], reading.published) else found[:1]
    return ()


def _is_history(date: Filler, published: str | None) -> bool:
    """Say whether a date lies a generation back: "the 1936 convention"."""
    year, now = str(date.ref)[:4], (published or "")[:4]
    return year.isdigit() and now.isdigit() and int(now) - int(year) > GENERATION


def _act(instance: Instance) -> Token | None:
    """Give the word that says that the document was brought about, if one does."""
    verb, noun = instance.verb, instance.token
    if _is_bare(noun):
        return None  # "did not reach agreement"
    out = _appeared(noun) if instance.trigger.value != "agreement" else None
    plans = noun.tag_ == "NNS" or bool(guises.complements(noun))  # "plans to", "studies"
    if out is not None or (instance.trigger.value == "report" and plans):
        return out
    if verb is not None and instance.support is not None:
        brought = _is_brought(instance, verb, instance.support)
        return verb if _is_done(verb) and brought else None
    return _nominal_act(instance)


def _nominal_act(instance: Instance) -> Token | None:
    """Give the noun or participle of "the signing of the pact", "in a notice to miners issued"."""
    noun, head = instance.token, instance.token.head
    if noun.dep_ == "pobj" and head.lower_ == "of":
        before = (head.head, *noun.doc[max(head.i - NEAR, noun.sent.start) : head.i])
        acts = (t for t in before if lemma(t) in wording().acts and t.pos_ == "NOUN")
        act: Token | None = next(acts, None)
        if act is not None and (act == head.head or head.head.ent_type_ in ("DATE", "GPE")):
            return act
    behind = (i for prep in noun.children for i in prep.children if i.dep_ == "pobj")
    made = next((m for i in behind if (m := guises.participle(i)) is not None), None)
    said = support_of(made, "document") if made is not None and made.tag_ == "VBN" else None
    if made is None or said is None:
        return None
    return made if _is_brought(instance, made, said) else None


def _is_bare(noun: Token) -> bool:
    """Say whether a noun means that people agree, not a text: "reach agreement on"."""
    own = any(c.dep_ in ("det", "poss", "amod", "compound", "nmod") for c in noun.lefts)
    no = any(c.lower_ == "no" for c in noun.lefts)
    return noun.tag_ == "NN" and lemma(noun) in ("agreement", "settlement") and (no or not own)


def _appeared(noun: Token) -> Token | None:
    """Give the verb of "the decree came out", "a law of ten pages, which took effect"."""
    near = [noun, *guises.prepositional(noun, "of")]
    verbs = [c for each in near for c in each.children if c.dep_ == "relcl"]
    verbs += [noun.head] if noun.dep_ == "nsubj" else []
    for verb in verbs:
        own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        itself = own is not None and (own == noun or own.lower_ in ("which", "that"))
        out = any(c.lower_ in ("out", "in") for c in verb.children)
        if itself and lemma(verb) in ("appear", "come") and out and _is_done(verb):
            return verb
        if itself and _takes_effect(verb) and _is_done(verb):
            return verb
    return None


def _takes_effect(verb: Token) -> bool:
    """Say whether a verb means "came into force", "took effect"."""
    into = (t for name in ("into", "in") for t in guises.prepositional(verb, name))
    if lemma(verb) in ("come", "enter", "go"):
        return any(t.lower_ in ("force", "effect", "operation") for t in into)
    return lemma(verb) == "take" and any(c.lower_ == "effect" for c in verb.children)


def _is_done(verb: Token) -> bool:
    used = auxiliaries(verb)
    if used & (PROMISING | MAYBE | UNREAL | {"would", "to"}):
        return False
    if verb.tag_ == "VBG" and verb.dep_ == "ROOT":
        return False  # "adopting a roadmap", in a list of what is to be done
    if lemma(verb) == "negotiate" and verb.tag_ in ("VBZ", "VBP", "VBG"):
        return False
    if verb.tag_ == "VBG" and any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return False  # "is negotiating a pact"
    return not (verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "of", "to", "on"))


def _is_brought(instance: Instance, verb: Token, support: str) -> bool:
    """Say whether the verb brings a document of this type about."""
    if instance.trigger.value == "agreement":
        return support == "signed" or lemma(verb) in wording().bringing
    return instance.trigger.value != "law" or lemma(verb) not in wording().presenting


def _is_cited(instance: Instance) -> bool:
    """Say whether the article cites a joint document here for what it tells."""
    noun = instance.token
    if instance.trigger.value not in JOINT:
        return False
    if any(c.dep_ == "poss" and c.lower_ in ("its", "his", "her") for c in noun.lefts):
        return False  # one side's own, not a joint one
    if noun.dep_ == "pobj" and noun.head.lower_ in CITED:
        return lemma(noun.head.head) not in ("hand", "part", "role", "interest", "mistake")
    behind = any(c.dep_ == "acl" for c in noun.children)
    if noun.dep_ in ("attr", "ROOT", "pobj"):
        return behind
    owned = any(c.dep_ == "poss" for c in noun.children)
    return owned and noun.dep_ in ("nsubj", "nsubjpass")


def _governor(noun: Token) -> Token | None:
    """Give the verb that a phrase like "in a joint statement" belongs to."""
    above = noun.head.head
    if above.lower_ == "according":
        above = above.head
    cited = noun.dep_ == "pobj" and noun.head.lower_ in CITED
    return above if cited and above.pos_ in ("VERB", "AUX") else None


def _issuers(reading: Reading, instance: Instance, act: Token | None) -> Voice:
    """Give who issued or signed: doers of the act, those named beside, else the last parties."""
    sentence, noun = instance.sentence, instance.token
    heads = [token for token in _doers(noun, act) if token != noun]
    for name in ("between", "among", "with", "by"):
        heads += guises.prepositional(noun, name)
    who = voice(reading, sentence, heads)
    if act is not None and len(who.actors) == 1 and _is_one_sided(noun, act):
        last = tuple(f for f in parties_before(reading, sentence, 1) if f not in who.actors)
        who = Voice((*last, *who.actors), carried=True) if len(last) == 1 else who
    if not who.actors and act is not None and instance.support == "signed":
        who = Voice(tuple(f for t in heads for f in reading.parties(sentence, t)
                          if f.type == "person"))  # fmt: skip
    if who.actors:
        beside = (f for t in heads for f in reading.parties(sentence, t))
        firms = tuple(f for f in beside if f.type == "organisation" and f not in who.actors)
        return Voice((*who.actors, *firms), who.carried)
    governor = _governor(noun)
    told = guises.subject(governor) if governor is not None and act is None else ()
    if writers := _writers(reading, sentence, told):
        return Voice(writers)
    near = (*heads, *guises.prepositional(noun, "of"))
    own = instance.trigger.value in BY_OTHERS
    bodies = _bodies(reading, sentence, near, act) if own else ()
    if bodies or _is_of_several(noun, act):
        return Voice(bodies)
    if instance.trigger.value in BY_OTHERS and act is not None:
        return Voice() if heads else _of_state(reading, sentence, noun)
    return Voice(reading.parties(sentence, noun) or issuers(reading, sentence, noun), carried=True)


def _writers(reading: Reading, sentence: Sentence, heads: Iterable[Token]) -> tuple[Filler, ...]:
    """Give the one body that tells in a paper what it tells: "her ministry put it in a …"."""
    found = tuple(f for t in heads for f in reading.parties(sentence, t))
    return found if len(found) == 1 and found[0].type == "organisation" else ()


def _bodies(
    reading: Reading, sentence: Sentence, heads: Iterable[Token], act: Token | None
) -> tuple[Filler, ...]:
    """Give bodies that issue what they write, if no policy: "a union's report"."""
    found = (f for t in heads for f in reading.parties(sentence, t))
    return tuple(f for f in found if f.type == "organisation") if act is not None else ()


def _is_one_sided(noun: Token, act: Token) -> bool:
    """Say whether only the other side is named: "a pact was signed with Serbia"."""
    sides = (*guises.prepositional(act, "with"), *guises.prepositional(noun, "with"))
    return bool(sides) and not guises.subject(act)


def _of_state(reading: Reading, sentence: Sentence, noun: Token) -> Voice:
    """Give whose law or report it is that nobody is said to issue: the state named with it."""
    own = reading.states_of(sentence, noun)
    if own:
        return Voice(own)
    governor = _governor(noun)
    acting = guises.subject(governor) if governor is not None else ()
    found = voice(reading, sentence, acting)
    if found.actors:
        return found
    held = {m.refs[0]: m for m in reading.mentions(sentence) if m.type in ("state", "bloc")}
    last = Voice(parties_before(reading, sentence, 1), carried=True)
    if len(held) == 1:
        one = next(iter(held.values()))
        return Voice((Filler(ref=one.refs[0], text=one.text, type=one.type),))
    return last if len(last.actors) == 1 else Voice()


def _doers(noun: Token, act: Token | None) -> Iterator[Token]:
    """Yield who may have issued: the subject of the act, or of what is said "in a statement"."""
    governor = _governor(noun)
    if act is None or act.pos_ not in ("VERB", "AUX"):
        if act is not None:
            yield from guises.prepositional(act, "by")
            yield from guises.prepositional(act, "between")
            yield from (c for c in act.children if c.dep_ == "poss")
        elif governor is not None:
            yield from guises.subject(governor)
        return
    found = (*guises.subject(act), *guises.prepositional(act, "with"))
    yield from found
    if not found and act.dep_ == "acl" and governor is not None:
        yield from guises.subject(governor)


def _dates(reading: Reading, sentence: Sentence, act: Token) -> tuple[Filler, ...]:
    """Give the date that stands with the act, or the only one of the sentence."""
    below = _own_clause(act)
    for child in act.subtree:
        if child.dep_ in TIMED and child.i in below:
            found = reading.dates(sentence, child.left_edge.i, child.right_edge.i + 1)
            if found:
                return (behind(found[0], reading.published),)
    alone = reading.dates(sentence)
    if len(alone) != 1 or (alone[0].start or 0) > sentence.offset(act):
        return ()
    before = sentence.text[: (alone[0].start or 0) - sentence.start].lower().split()
    return () if BOUNDS & {*before[-1:]} or "published" in before[-2:] else alone


def _own_clause(act: Token) -> frozenset[int]:
    """Give the places of what hangs on an act, but in no clause of another time: "after …"."""
    aside = {
        inner.i
        for clause in act.subtree
        if clause.pos_ in ("VERB", "AUX") and any(c.lower_ in ASIDE for c in clause.lefts)
        for inner in clause.subtree
        if clause != act
    }
    return frozenset(token.i for token in act.subtree if token.i not in aside)


def _places(reading: Reading, sentence: Sentence, act: Token) -> tuple[Filler, ...]:
    doc, below = act.doc, _own_clause(act)
    for mention in reading.mentions(sentence):
        placed = mention.start in below and doc[mention.start - 1].lower_ in ("in", "at")
        if placed and (mention.type == "place" or mention.text in capitals()):
            start, end = sentence.place(mention.start, mention.end)
            text = sentence.words(mention.start, mention.end)
            return (Filler(text=text, type="place", start=start, end=end),)
    return ()
