"""What shows a skill: which labs and parts, as criteria and labs name them.

A criterion names its evidence as `lab:ID` (the whole lab) or `lab:ID#part`. A lab that names the
skill while no criterion of the skill names the lab counts as if one asked for the whole of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhixing.records import Catalog, Lab, Skill

LAB = "lab:"


@dataclass(frozen=True, slots=True)
class Proof:
    """A reference that shows a skill; `part` None asks for all parts of the lab."""

    lab: str
    part: str | None

    @property
    def reference(self) -> str:
        return LAB + self.lab + (f"#{self.part}" if self.part is not None else "")


def evidence_of(skill: Skill) -> tuple[str, ...]:
    """The references of the skill's criteria, in their order, each once."""
    listed = (reference for criterion in skill.criteria for reference in criterion.evidence)
    return tuple(dict.fromkeys(listed))


def proof_of(reference: str) -> Proof | None:
    """The proof that a reference names; None when it is not a lab's."""
    if not reference.startswith(LAB):
        return None
    lab, _, part = reference.removeprefix(LAB).partition("#")
    return Proof(lab, part or None)


def proofs_of(skill: Skill, labs_showing: Mapping[str, tuple[str, ...]]) -> tuple[Proof, ...]:
    """All that shows a skill. `labs_showing` names, by skill, the labs that name it."""
    found = [proof for reference in evidence_of(skill) if (proof := proof_of(reference))]
    named = {proof.lab for proof in found}
    found += [Proof(lab, None) for lab in labs_showing.get(skill.id, ()) if lab not in named]
    return tuple(found)


def labs_showing(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """For each skill the labs that name it. Essays, which their writer judges, prove nothing."""
    found: dict[str, tuple[str, ...]] = {}
    for lab in catalog.labs.values():
        for skill in lab.skills if lab.essay is None else ():
            found[skill] = (*found.get(skill, ()), lab.id)
    return found


def parts_of(lab: Lab | None) -> tuple[str | None, ...]:
    """The names of a lab's parts; one nameless part for a lab without parts, or unknown here."""
    return tuple(part.name for part in lab.parts) if lab and lab.parts else (None,)
