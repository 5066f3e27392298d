"""The fixtures that hold both languages are what this side computes today. Those of networks depend on the machine in their last digits, and are held by TypeScript."""

import json
import unittest
from pathlib import Path

from pipeline.golden_rules import RULES

GOLDEN = Path(__file__).parents[2] / "tests/golden"


class Rules(unittest.TestCase):
    def test_every_rule_is_as_its_fixture_says(self) -> None:
        for name, rule in RULES.items():
            with self.subTest(name):
                self.assertEqual(json.loads((GOLDEN / f"{name}.json").read_text()), rule(), "run python3 -m pipeline.golden tests/golden if this is meant")


if __name__ == "__main__":
    unittest.main()
