"""A method's networks in training: optimisers, averages, checkpoints, and one step of every group."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from ..checkpoints import VERSION, read_state
from ..methods import method_named
from ..methods.method import Batch, Place
from ..networks import family_of
from .config import TrainingConfig
from .precision import activations_dtype, loss_scaler
from .processes import Processes
from .state import random_state, restore_random_state, write_whole

BETAS = (0.5, 0.999)
LEAST_RATE = 0.02


class Trainer:
    def __init__(self, config: TrainingConfig, processes: Processes) -> None:
        self.config, self.processes = config, processes
        low = activations_dtype(config.precision, processes.device)
        torch.manual_seed(config.seed)
        self.method = m = method_named(config.method)(config.options, Place(processes.device, low))
        self.trained = {group: self.parameters_of(group) for group in m.groups}
        self.optimizers = {group: self.optimizer(group) for group in m.groups}
        self.scalers = {group: loss_scaler(low) for group in m.groups}
        self.step, self.elapsed_s = 0, 0.0
        self.seen = {name: 0 for name in m.sources(config.seed, {})}
        self.folder = Path(config.run)
        self.resume_or_start()
        # Last, since these copy the first process's weights to the others.
        m.parallel |= {name: processes.parallel(network) for name, network in m.networks.items() if any(v.requires_grad for v in network.parameters())}

    def parameters_of(self, group: str) -> dict[str, nn.Parameter]:
        """What the group's optimiser moves, by `role.name`, the fastest first."""
        networks = self.method.networks
        moved = [(f"{role}.{name}", value) for role in self.method.groups[group] for name, value in networks[role].named_parameters() if value.requires_grad]
        return dict(sorted(moved, key=lambda parameter: -self.method.pace(parameter[0])))

    def optimizer(self, group: str) -> torch.optim.Adam:
        """One list of parameters for each pace, in the order of `trained`."""
        paces: dict[float, list[nn.Parameter]] = {}
        for name, value in self.trained[group].items():
            paces.setdefault(self.method.pace(name), []).append(value)
        lists = [{"params": values, "pace": pace} for pace, values in paces.items()]
        return torch.optim.Adam(lists, self.method.rates[group], self.method.betas.get(group, BETAS))

    # -- state -------------------------------------------------------------------------------------------------------------------

    def resume_or_start(self) -> None:
        last, device = self.folder / "last.pt", str(self.processes.device)
        if last.exists():
            self.load(self.method.fitted(read_state(last, device)))
        elif self.config.init:
            self.method.start(read_state(Path(self.config.init), device))
        if len(set(self.processes.gathered((self.step, *self.seen.values())))) > 1:
            raise ValueError(f"The processes found different checkpoints in {self.folder}: it must be one folder that all machines share.")

    def save(self) -> None:
        """By all processes together; the first one writes."""
        randoms = self.processes.gathered(random_state())
        if not self.processes.is_first:
            return
        m = self.method
        networks = {role: {"family": family_of(n), "config": n.config.to_json(), "state": n.state_dict()} for role, n in m.networks.items()}
        state = {
            "version": VERSION, "method": self.config.method, "run": self.config.to_json(), "networks": networks,
            "averages": {role: average.state_dict() for role, average in m.averages.items()}, "trained": {group: list(v) for group, v in self.trained.items()},
            "optimizers": {group: optimizer.state_dict() for group, optimizer in self.optimizers.items()},
            "scalers": {group: scaler.state_dict() for group, scaler in self.scalers.items()},
            "step": self.step, "seen": self.seen, "elapsed_s": self.elapsed_s, "random": randoms, "about": m.about(),
            "memory": m.memory(),
        }
        write_whole(state, self.folder / "last.pt")

    def load(self, state: dict) -> None:
        """Goes on from a checkpoint of this run. Older ones lack counts, scalers and random states: those begin as they always did."""
        m = self.method
        if state["method"] != self.config.method:
            raise ValueError(f"{self.folder} holds a run of {state['method']}, not of {self.config.method}: name another folder.")
        for role, network in m.networks.items():
            network.load_state_dict(state["networks"][role]["state"])
        for role, average in m.averages.items():
            average.load_state_dict(state["averages"][role])
        for group in self.optimizers.keys() & state["optimizers"].keys():
            self.optimizers[group].load_state_dict(self.reordered(group, state["optimizers"][group], state["trained"][group]))
        for group in self.scalers.keys() & state["scalers"].keys():
            if state["scalers"][group]:
                self.scalers[group].load_state_dict(state["scalers"][group])
        self.step, self.elapsed_s = state["step"], state["elapsed_s"]
        batch = {name: source.batch for name, source in m.sources(self.config.seed, {}).items()}
        self.seen = {name: state["seen"].get(name, self.step * batch[name]) for name in self.seen}
        m.remember(state.get("memory", {}))
        if len(state["random"]) == self.processes.count:
            restore_random_state(state["random"][self.processes.rank])

    def reordered(self, group: str, stored: dict, names: list[str]) -> dict:
        """What an optimiser remembers of its parameters, which were in the order of `names`, in today's order and lists."""
        at = {name: k for k, name in enumerate(names)}
        remembered = {k: stored["state"][at[name]] for k, name in enumerate(self.trained[group]) if at.get(name) in stored["state"]}
        own = self.optimizers[group].state_dict()["param_groups"]
        same = [lists["params"] for lists in own] == [lists["params"] for lists in stored["param_groups"]]
        lists = [{**today, **before, "pace": today["pace"]} for today, before in zip(own, stored["param_groups"])] if same else own
        return {"state": remembered, "param_groups": lists}

    # -- one step ----------------------------------------------------------------------------------------------------------------

    def train_step(self, batch: Batch) -> dict[str, torch.Tensor]:
        """One step of each group that has losses -> all losses, detached, on the device."""
        found: dict[str, torch.Tensor] = {}
        for group in self.method.groups:
            terms = self.method.losses(group, batch, self.step)
            if not terms:
                continue
            twice = found.keys() & terms.keys()
            if twice:
                raise ValueError(f"Two groups of {self.config.method} have a loss named {sorted(twice)[0]!r}.")
            self.optimise(group, torch.stack(list(terms.values())).sum())
            found |= {name: term.detach() for name, term in terms.items()}
        self.follow()
        self.step += 1
        for name, item in batch.items():
            self.seen[name] += len(next(iter(item.values()))) * self.processes.count
        return found

    def optimise(self, group: str, loss: torch.Tensor) -> None:
        optimizer, scaler = self.optimizers[group], self.scalers[group]
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()

    @torch.no_grad()
    def follow(self) -> None:
        """The exponential moving averages that are shipped; warm at first so that they do not remember the random start."""
        decay = min(self.config.ema, (1 + self.step) / (10 + self.step))
        for role, average in self.method.averages.items():
            network = self.method.networks[role]
            moved = [(a, v) for a, v in zip(average.parameters(), network.parameters(), strict=True) if v.requires_grad]
            if moved:
                averages, values = zip(*moved)
                torch._foreach_mul_(averages, decay)
                torch._foreach_add_(averages, values, alpha=1 - decay)
            for kept, value in zip(average.buffers(), network.buffers(), strict=True):  # what norms remember is an average already
                kept.copy_(value)

    def set_learning_rates(self) -> float:
        """Full, then falling to nearly zero over the last part of the run, counted in steps or in time."""
        c = self.config
        progress = min(1.0, self.step / c.steps if c.steps else self.elapsed_s / (60 * c.minutes))
        factor = 1.0 if progress < c.decay_from else max(0.0, (1 - progress) / (1 - c.decay_from))
        for name, optimizer in self.optimizers.items():
            for group in optimizer.param_groups:
                group["lr"] = group["pace"] * self.method.rates[name] * max(LEAST_RATE, factor) * min(1.0, (self.step + 1) / max(1, c.warmup_steps))
        return factor

    @property
    def is_finished(self) -> bool:
        c = self.config
        return self.step >= c.steps if c.steps else self.elapsed_s >= 60 * c.minutes
