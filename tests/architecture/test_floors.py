"""The house's floors: a folder imports from lower floors only, and from no neighbour."""

import pytest

from tests.architecture.imports import ROOT, imported_by, modules

FLOORS = (
    ("runtime", "infra", "policies"),  # what runs in Lambda, what makes the resources, what forbids some
    (
        "bootstrap",
        "security",
        "engine",
        "onboarding",
    ),  # programs beside it; runs them; fills a stage
    ("local",),  # the laptop cloud
    ("ops",),  # commands
    ("bench",),  # measures them
)
PACKAGES = {"tollgate": "runtime"}
"""Where a package's name isn't its folder's."""
FLOOR_OF = {folder: number for number, folders in enumerate(FLOORS) for folder in folders}


def folder_of(name: str) -> str:
    package = name.partition(".")[0]
    return PACKAGES.get(package, package)


def test_every_folder_of_code_stands_on_a_floor() -> None:
    beside = {"tests"}
    code = {path.parent.name for path in ROOT.glob("[a-z]*/__init__.py")} | {"runtime"}
    assert code - beside == FLOOR_OF.keys()


@pytest.mark.parametrize("folder", FLOOR_OF)
def test_a_folder_imports_from_lower_floors_only(folder: str) -> None:
    upwards = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(ROOT / folder)
        for name in imported_by(path)
        if FLOOR_OF.get(folder_of(name), -1) >= FLOOR_OF[folder] and folder_of(name) != folder
    }
    assert upwards == set()


def test_commands_know_the_laptop_cloud_by_its_doors_only() -> None:
    rooms = {path.parent.name for path in (ROOT / "local").glob("*/__init__.py")}
    inside = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(ROOT / "ops")
        for name in imported_by(path)
        if name.startswith("local.")
        and name.count(".") > 1
        and name.split(".")[1] in rooms
        # `from local.room import door` counts as `local.room.door`, and is a module only where there is one.
        and (ROOT / name.replace(".", "/")).with_suffix(".py").exists()
    }
    assert inside == set()
