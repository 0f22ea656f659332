"""The reader as a PyTorch network, from the layers of the embedded E5; the lower ones stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from rag.reading.e5 import LINEAR, NORMS, E5File

_DROPPED = 0.1
_HEADS = ("answers.0", "answers.1", "ends")


class _Layer(nn.Module):
    def __init__(self, file: E5File, at: int) -> None:
        super().__init__()
        self.heads = file.heads
        layer = file.layer(at)
        for name in LINEAR:
            matrix, bias = layer.linear[name]
            linear = nn.Linear(*matrix.shape)
            linear.weight.data = torch.tensor(matrix.T)
            linear.bias.data = torch.tensor(bias)
            self.add_module(name, linear)
        for name in NORMS:
            norm = nn.LayerNorm(file.width, file.epsilon)
            norm.weight.data, norm.bias.data = (torch.tensor(part) for part in layer.norms[name])
            self.add_module(name, norm)

    def forward(self, states: Any, mask: Any, dropped: float) -> Any:
        many, length, width = states.shape
        query, key, value = (
            getattr(self, name)(states).view(many, length, self.heads, -1).transpose(1, 2) for name in "qkv"
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.ao(seen.transpose(1, 2).reshape(many, length, width))
        states = self.aln(states + functional.dropout(seen, dropped, self.training))
        inner = functional.gelu(self.fi(states), approximate="tanh")
        return self.oln(states + functional.dropout(self.fo(inner), dropped, self.training))


class Network(nn.Module):
    """Layers ``first`` and up are trained, with two heads on top, and a vector for each part below layer
    ``parted``.
    """

    def __init__(self, file: E5File, first: int) -> None:
        super().__init__()
        self.first = first
        self.parted = first
        self.register_buffer("words", torch.tensor(file.matrix("emb.word", file.width)), persistent=False)
        self.register_buffer(
            "places", torch.tensor(file.floats("emb.pos").reshape(-1, file.width)), persistent=False
        )
        self.register_buffer("kind", torch.tensor(file.floats("emb.type")[: file.width]), persistent=False)
        self.norm = nn.LayerNorm(file.width, file.epsilon)
        self.norm.weight.data = torch.tensor(file.floats("emb.ln.w"))
        self.norm.bias.data = torch.tensor(file.floats("emb.ln.b"))
        self.layers = nn.ModuleList([_Layer(file, at) for at in range(file.layers)])
        self.parts = nn.Parameter(torch.zeros(3, file.width))
        self.answers = nn.ModuleList([nn.Linear(2 * file.width, file.width), nn.Linear(file.width, 1)])
        self.ends = nn.Linear(file.width, 2)
        for module in (self.norm, *self.layers[:first]):
            module.requires_grad_(False)

    def forward(self, ids: Any, parts: Any, mask: Any) -> tuple[Any, Any]:
        """Return log odds that each text answers ``(texts,)``, and ends of answers ``(texts, tokens, 2)``."""
        seen = mask[:, None, None, :]
        with torch.no_grad():
            states = self.norm(self.words[ids] + self.places[: ids.shape[1]] + self.kind)
            for layer in self.layers[: self.first]:
                states = layer(states, seen, 0.0)
        for at, layer in enumerate(self.layers[self.first :], self.first):
            if at == self.parted:
                states = states + self.parts[parts]
            states = layer(states, seen, _DROPPED)
        there = mask.unsqueeze(-1).to(states.dtype)
        pooled = torch.cat([states[:, 0], (states * there).sum(1) / there.sum(1)], 1)
        hidden = functional.dropout(torch.tanh(self.answers[0](pooled)), _DROPPED, self.training)
        ends = self.ends(states).masked_fill(~((parts == 2) & mask).unsqueeze(-1), -1e4)
        return self.answers[1](hidden)[:, 0], ends

    @torch.no_grad()
    def embed(self, ids: Any, mask: Any) -> Any:
        """Return the vectors ``(texts, width)`` of unit length that the layers give texts by themselves."""
        states = self.norm(self.words[ids] + self.places[: ids.shape[1]] + self.kind)
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :], 0.0)
        there = mask.unsqueeze(-1).to(states.dtype)
        return functional.normalize((states * there).sum(1) / there.sum(1), dim=1)

    def load(self, path: Path) -> None:
        """Take up the weights that `save` wrote, to train on from there; the layers below stay the E5's.

        Raises `ValueError` where some of its layers are not to be trained: `save` would leave them out.
        """
        with np.load(path) as weights:
            if int(weights["first"]) < self.first:
                raise ValueError(f"{path}: was trained from layer {weights['first']} up, not {self.first}")
            self.parted = int(weights["parted"] if "parted" in weights else weights["first"])
            for at in range(int(weights["first"]), len(self.layers)):
                for name in LINEAR:
                    matrix = weights[f"l{at}.{name}.w"].astype(np.float32)
                    linear = getattr(self.layers[at], name)
                    linear.weight.data = torch.tensor(matrix * weights[f"l{at}.{name}.scale"][:, None])
                    linear.bias.data = torch.tensor(weights[f"l{at}.{name}.b"].astype(np.float32))
                for name in NORMS:
                    norm = getattr(self.layers[at], name)
                    norm.weight.data = torch.tensor(weights[f"l{at}.{name}.w"].astype(np.float32))
                    norm.bias.data = torch.tensor(weights[f"l{at}.{name}.b"].astype(np.float32))
            for name in _HEADS:
                head = self.get_submodule(name)
                head.weight.data = torch.tensor(weights[f"{name}.weight"])
                head.bias.data = torch.tensor(weights[f"{name}.bias"])
            self.parts.data = torch.tensor(weights["parts"])

    def save(self, path: Path) -> None:
        """Write what was trained: matrices in 8 bits with a scale a row, the rest in 16."""
        weights: dict[str, Any] = {"first": np.array(self.first), "parted": np.array(self.parted)}
        for at in range(self.first, len(self.layers)):
            for name in LINEAR:
                linear = getattr(self.layers[at], name)
                matrix = linear.weight.detach().float().numpy()
                scale = np.abs(matrix).max(axis=1) / 127
                weights[f"l{at}.{name}.w"] = np.round(matrix / scale[:, None]).astype(np.int8)
                weights[f"l{at}.{name}.scale"] = scale.astype(np.float32)
                weights[f"l{at}.{name}.b"] = linear.bias.detach().float().numpy().astype(np.float16)
            for name in NORMS:
                norm = getattr(self.layers[at], name)
                weights[f"l{at}.{name}.w"] = norm.weight.detach().float().numpy().astype(np.float16)
                weights[f"l{at}.{name}.b"] = norm.bias.detach().float().numpy().astype(np.float16)
        for name in _HEADS:
            head = self.get_submodule(name)
            weights[f"{name}.weight"] = head.weight.detach().float().numpy()
            weights[f"{name}.bias"] = head.bias.detach().float().numpy()
        weights["parts"] = self.parts.detach().float().numpy()
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, **weights)
