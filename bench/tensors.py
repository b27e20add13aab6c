"""Random attention tensors of fixed seeds, and their networks as peers want them."""

import numpy as np


def softmax_tensor(layers, tokens, deviation, seed, causal=False):
    """A float32 tensor (L, T, T) of rows softmax(deviation * N(0, 1)), masked above the diagonal if causal."""
    logits = deviation * np.random.default_rng(seed).standard_normal((layers, tokens, tokens))
    if causal:
        logits += np.where(np.triu(np.ones((tokens, tokens)), 1) > 0, -np.inf, 0.0)
    weights = np.exp(logits - logits.max(axis=2, keepdims=True))
    return (weights / weights.sum(axis=2, keepdims=True)).astype(np.float32)


def layered_network(tensor):
    """Tails, heads, capacities (float64) and the number of nodes; the sink is node 0, the source the last.

    Arc (l*T + i)*T + j joins node (l+1, i) to node (l, j); then come T arcs from the source, then T into the sink.
    """
    layers, tokens, _ = tensor.shape
    l, i, j = np.meshgrid(np.arange(layers), np.arange(tokens), np.arange(tokens), indexing="ij")
    source = (layers + 1) * tokens + 1
    each = np.arange(tokens)
    tails = np.concatenate([(tokens * (l + 1) + i + 1).ravel(), np.full(tokens, source), each + 1])
    heads = np.concatenate([(tokens * l + j + 1).ravel(), tokens * layers + each + 1, np.zeros(tokens, int)])
    capacities = np.concatenate([tensor.astype(np.float64).ravel(), np.full(2 * tokens, float(tokens))])
    return tails, heads, capacities, source + 1
