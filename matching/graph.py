"""The six-layer BERT graph of all-MiniLM-L6-v2 as an ONNX model, written node by node.

Mean pooling and L2 normalisation are inside the graph: token ids and attention mask in, unit vectors out.
Constants that never change are folded (the attention scale into the query weights, the token type into the
positions; query, key and value into one product). Source of the architecture: the weights' own `config.json`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

HIDDEN = 384
HEADS = 12
LAYERS = 6
MAX_TOKENS = 256
LAYER_NORM_EPSILON = 1e-12
OPSET = 20

Weights = Mapping[str, NDArray[np.float32]]


class Graph:
    """Collects the nodes and constants of an ONNX graph under readable, unique names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add one operator and return the name of its only output."""
        return self.nodes_out(kind, *inputs, outputs=1, **attributes)[0]

    def nodes_out(self, kind: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        from onnx import helper

        names = [f"{kind.lower()}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=names[0], **attributes))
        return names

    def ints(self, *values: int) -> str:
        return self.constant("ints_" + "_".join(map(str, values)), np.array(values, np.int64))

    def dense(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """x · Wᵀ + b, with `weight` as PyTorch stores it (out, in)."""
        product = self.node("MatMul", x, self.constant(f"{name}.weight", weight.T))
        return self.node("Add", product, self.constant(f"{name}.bias", bias))

    def layer_norm(self, x: str, name: str, weights: Weights) -> str:
        scale = self.constant(f"{name}.scale", weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=LAYER_NORM_EPSILON)


def build_graph(weights: Weights) -> Any:
    """The whole model (`onnx.ModelProto`, checked) from the tensors of `model.safetensors`.

    Inputs `input_ids` and `attention_mask` are int64 (batch, tokens ≤ 256); the output `vectors` is float32
    (batch, 384) of unit length.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = Graph()
    x = _embeddings(graph, weights)
    bias = _mask_bias(graph)
    for layer in range(LAYERS):
        x = _layer(graph, weights, f"encoder.layer.{layer}", x, bias)
    _pool(graph, x)
    shape = ["batch", "tokens"]
    whole = helper.make_graph(
        graph.nodes,
        "minilm",
        [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", HIDDEN])],
        list(graph.constants.values()),
    )
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def _embeddings(graph: Graph, weights: Weights) -> str:
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"])
    places = weights["embeddings.position_embeddings.weight"][:MAX_TOKENS]
    first_type = weights["embeddings.token_type_embeddings.weight"][0]
    positions = graph.constant("positions", places + first_type)
    length = graph.node("Shape", "input_ids", start=1, end=2)
    here = graph.node("Slice", positions, graph.ints(0), length, graph.ints(0))
    embedded = graph.node("Add", graph.node("Gather", words, "input_ids"), here)
    return graph.layer_norm(embedded, "embeddings.LayerNorm", weights)


def _mask_bias(graph: Graph) -> str:
    """0 for a token and a large negative number for padding, shaped (batch, 1, 1, tokens)."""
    mask = graph.node("Cast", "attention_mask", to=1)
    wide = graph.node("Unsqueeze", mask, graph.ints(1, 2))
    absent = graph.node("Sub", graph.constant("one", np.array(1, np.float32)), wide)
    return graph.node("Mul", absent, graph.constant("never", np.array(-1e9, np.float32)))


def _layer(graph: Graph, weights: Weights, name: str, x: str, bias: str) -> str:
    attended = _attention(graph, weights, name, x, bias)
    x = graph.layer_norm(graph.node("Add", x, attended), f"{name}.attention.output.LayerNorm", weights)
    inner = _named_dense(graph, weights, f"{name}.intermediate.dense", x)
    outer = _named_dense(graph, weights, f"{name}.output.dense", graph.node("Gelu", inner))
    return graph.layer_norm(graph.node("Add", x, outer), f"{name}.output.LayerNorm", weights)


def _attention(graph: Graph, weights: Weights, name: str, x: str, bias: str) -> str:
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    scale = np.float32(1 / np.sqrt(HIDDEN // HEADS))
    factors = (scale, np.float32(1), np.float32(1))
    weight = np.concatenate([weights[f"{p}.weight"] * f for p, f in zip(parts, factors, strict=True)])
    offset = np.concatenate([weights[f"{p}.bias"] * f for p, f in zip(parts, factors, strict=True)])
    product = graph.dense(x, f"{name}.qkv", weight, offset)
    split = graph.node("Reshape", product, graph.ints(0, 0, 3, HEADS, HIDDEN // HEADS))
    query, key, value = (
        graph.node("Squeeze", part, graph.ints(2))
        for part in graph.nodes_out("Split", split, outputs=3, axis=2, num_outputs=3)
    )
    scores = graph.node(
        "MatMul",
        graph.node("Transpose", query, perm=[0, 2, 1, 3]),
        graph.node("Transpose", key, perm=[0, 2, 3, 1]),
    )
    shares = graph.node("Softmax", graph.node("Add", scores, bias), axis=-1)
    mixed = graph.node("MatMul", shares, graph.node("Transpose", value, perm=[0, 2, 1, 3]))
    joined = graph.node(
        "Reshape", graph.node("Transpose", mixed, perm=[0, 2, 1, 3]), graph.ints(0, 0, HIDDEN)
    )
    return _named_dense(graph, weights, f"{name}.attention.output.dense", joined)


def _named_dense(graph: Graph, weights: Weights, name: str, x: str) -> str:
    return graph.dense(x, name, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _pool(graph: Graph, x: str) -> None:
    """Mean over the real tokens, then unit length."""
    from onnx import helper

    mask = graph.node("Unsqueeze", graph.node("Cast", "attention_mask", to=1), graph.ints(2))
    total = graph.node("ReduceSum", graph.node("Mul", x, mask), graph.ints(1), keepdims=0)
    mean = graph.node("Div", total, graph.node("ReduceSum", mask, graph.ints(1), keepdims=0))
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], name="unit", axis=-1, p=2))
