"""Two processes joined by gloo against one with the doubled batch: the same pictures, the same gradients, the same weights."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch
import torch.distributed as dist

from pipeline.checkpoints import read_state
from pipeline.tests.support import small_fields, small_run, write_fixed_network, write_pack
from pipeline.training.batches import Share
from pipeline.training.processes import Processes
from pipeline.training.run import run

ROOT = Path(__file__).parents[2]
STEPS = 2
RATE = 2e-4
# Without swaps: every picture is known, so each process judges as many.
KNOWN = {"family": 0.5, "warp": 0.5}
# What a decoder gains starts at zero, and Adam takes rounding there for a direction.
BARE = {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "lookEmbed": 4, "inputChannels": 3}


def toml(fields: dict) -> str:
    tables = {name: value for name, value in fields.items() if isinstance(value, dict)}
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items() if name not in tables]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


class Sharing(unittest.TestCase):
    def test_processes_share_the_items_without_gap_or_overlap(self) -> None:
        items = list(range(100))
        shares = [Share(items, Processes(rank, 3, torch.device("cpu"))) for rank in range(3)]
        self.assertEqual([[share[k] for k in range(3)] for share in shares], [[0, 3, 6], [1, 4, 7], [2, 5, 8]])


@unittest.skipUnless(dist.is_available(), "this PyTorch is built without processes")
class Distributed(unittest.TestCase):
    def test_two_processes_are_one_with_the_doubled_batch(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_pack(folder / "pack")
            write_fixed_network(folder / "squeezenet")
            (folder / "two.toml").write_text(toml(small_fields(folder, "two", pairs=1, judged_pictures=2, mixture=KNOWN, generator=BARE, beta1=0.5, steps=STEPS)))
            self.start_two(folder / "two.toml")
            run(small_run(folder, "one", pairs=2, judged_pictures=4, mixture=KNOWN, generator=BARE, beta1=0.5, steps=STEPS))
            one, two = (read_state(folder / n / "last.pt") for n in ("one", "two"))
            self.assertEqual([two[n] for n in ("step", "seen")], [one[n] for n in ("step", "seen")])
            self.assertEqual(len(two["random"]), 2)
            for role, network in one["networks"].items():
                self.assert_near(network["state"], two["networks"][role]["state"], role)
            self.assert_near(one["averages"]["generator"], two["averages"]["generator"], "average")
            self.assertEqual(len(list((folder / "two").glob("sheet-*.jpg"))), len(list((folder / "one").glob("sheet-*.jpg"))))

    def start_two(self, config: Path) -> None:
        """As torchrun starts them: by what it tells each process in its environment."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            shared = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(probe.getsockname()[1]), "WORLD_SIZE": "2", "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "pipeline.train", "sketch_face", "--config", str(config)]
        options = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        processes = [subprocess.Popen(command, env=os.environ | shared | {"RANK": str(k), "LOCAL_RANK": str(k)}, **options) for k in range(2)]
        try:
            errors = [process.communicate(timeout=240)[1] for process in processes]
        finally:
            for process in processes:
                process.kill()
        self.assertEqual([process.returncode for process in processes], [0, 0], "\n".join(errors)[-3000:])

    def assert_near(self, one: dict, two: dict, network: str) -> None:
        # Adam's first steps are as long as the rate whatever the gradient, so rounding grows tenfold and more a step; shares that were not averaged
        # would lie whole steps apart.
        difference = torch.cat([(one[name] - two[name]).abs().flatten() for name in one])
        self.assertGreater(float((difference < RATE / 10).float().mean()), 0.999, network)
        self.assertLess(float(difference.max()), RATE, network)


if __name__ == "__main__":
    unittest.main()
