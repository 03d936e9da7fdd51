"""What the operations of `people` take and answer."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.


from .._call import Operation
from ..types.common import Actor, PersonId
from ..types.people import Person

PUT: Operation[Person] = Operation(
    "people.put",
    arguments={
        "actor": Actor,
        "email": str,
        "id": PersonId,
        "name": str,
        "language": str | None,
        "idempotency_key": str | None,
    },
    answer=Person,
)
