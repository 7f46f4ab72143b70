"""Who somebody is: grants hold where they were given."""

from domain.people import Grant, Person, Role


def person(*grants: Grant, id_: int = 1) -> Person:
    return Person(id_, 1001, "en", grants=frozenset(grants))


def test_a_head_is_staff_too() -> None:
    """Anyone who heads a department works in it, and in no other."""
    head = person(Grant(Role.HEAD, "transport"))
    assert head.is_head_of("transport")
    assert head.is_staff_of("transport")
    assert not head.is_staff_of("service")
    assert not person(Grant(Role.STAFF, "transport")).is_head_of("transport")


def test_departments_are_those_worked_in() -> None:
    """Quality and management span the company and are no department to work in."""
    many = person(
        Grant(Role.STAFF, "transport"), Grant(Role.HEAD, "service"), Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)
    )
    assert many.departments == {"transport", "service"}
    assert many.is_quality
    assert many.is_manager


def test_a_courier_is_known_by_the_companys_id() -> None:
    """Perhaps by several; a department is not one."""
    assert person(Grant(Role.COURIER, "k17"), Grant(Role.COURIER, "k18")).couriers == {"k17", "k18"}
    assert person(Grant(Role.STAFF, "k17"), Grant(Role.COURIER)).couriers == frozenset()
    assert person(Grant(Role.COURIER, "transport")).departments == frozenset()


def test_nobody_is_anything_without_a_grant() -> None:
    """A customer has no role."""
    nobody = person()
    assert not any([nobody.is_manager, nobody.is_quality, nobody.is_staff_of(""), nobody.departments])


def test_the_ids_of_a_courier() -> None:
    """Every id that was granted; a department is none, and neither is a courier's grant a department."""
    both = Person(
        1,
        1,
        "en",
        grants=frozenset({Grant(Role.COURIER, "k17"), Grant(Role.COURIER, "k18"), Grant(Role.STAFF, "transport")}),
    )
    assert both.couriers == {"k17", "k18"}
    assert both.departments == {"transport"}
    assert Person(2, 2, "en").couriers == frozenset()
