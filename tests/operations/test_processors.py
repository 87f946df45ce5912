"""How many processors count: the container's share, not the host's number."""

from pathlib import Path

import pytest

from tracker.operations.processors import processors

NOWHERE = (Path("/nowhere/quota"), Path("/nowhere/period"))


@pytest.mark.parametrize(("told", "most"), [("50000 100000", 1), ("100000 100000", 1), ("100001 100000", 2)])
def test_share_of_the_container_is_the_limit(told: str, most: int, tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text(f"{told}\n")

    assert 1 <= processors(tmp_path / "cpu.max", NOWHERE) <= most


@pytest.mark.parametrize("told", ["max 100000", "", "100000", "-1 100000"])
def test_without_a_limit_it_is_what_the_process_is_bound_to(told: str, tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text(told)

    assert processors(tmp_path / "cpu.max", NOWHERE) == processors(tmp_path / "none", NOWHERE) >= 1


def test_first_generation_of_control_groups_is_read(tmp_path: Path) -> None:
    (tmp_path / "quota").write_text("100000")
    (tmp_path / "period").write_text("100000")

    assert processors(tmp_path / "none", (tmp_path / "quota", tmp_path / "period")) == 1
