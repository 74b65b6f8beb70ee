"""GraphML as networkx writes it for osmnx."""

import networkx as nx
import pytest

from resourcemap.errors import InputError
from resourcemap.read.graphml import graphml_layers
from resourcemap.read.streets import read_streets


@pytest.fixture
def saved(tmp_path):
    """Write a graph as osmnx does: everything as text, a WKT line where the street bends."""

    def write(crs="epsg:4326", **place):
        graph = nx.MultiDiGraph(**({"crs": crs} if crs else {}))
        for node, (x, y) in enumerate([(131.25, 33.95), (131.251, 33.95), (131.251, 33.951)]):
            graph.add_node(node, **(place or {"x": str(x), "y": str(y)}))
        bend = "LINESTRING (131.25 33.95, 131.2505 33.9502, 131.251 33.95)"
        graph.add_edge(0, 1, highway="steps", length="102.5", geometry=bend, oneway="True")
        graph.add_edge(1, 2, highway="['residential', 'service']", length="111.0")
        graph.add_edge(2, 1, highway="['residential', 'service']", length="111.0")
        nx.write_graphml(graph, tmp_path / "town.graphml")
        return tmp_path / "town.graphml"

    return write


def test_the_edges_of_osmnx_are_streets(saved):
    streets = read_streets(saved())
    assert streets["length_m"].tolist() == [102.5, 111.0]
    assert streets["steps"].tolist() == [True, False]
    assert [len(line.coords) for line in streets.geometry] == [3, 2]


def test_a_projected_graph_is_placed(tmp_path):
    graph = nx.MultiDiGraph(crs="EPSG:6677")
    graph.add_node("a", x="0", y="0")
    graph.add_node("b", x="100", y="0")
    graph.add_edge("a", "b")
    nx.write_graphml(graph, tmp_path / "a.graphml")
    streets = read_streets(tmp_path / "a.graphml")
    assert streets["length_m"].tolist() == pytest.approx([100], abs=0.02)
    assert streets.total_bounds.tolist() == pytest.approx([139.83333, 36, 139.83444, 36], abs=1e-4)


def test_entities_and_outside_files_are_refused(tmp_path):
    path = tmp_path / "evil.graphml"
    path.write_text('<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml><graph>&x;</graph></graphml>')
    with pytest.raises(InputError, match="has entities or a document type"):
        graphml_layers(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<graphml/>", "is no GraphML"),
        ("<kml/>", "is no GraphML"),
        ("<graphml><graph/></graphml>", "has no edges"),
        ("<graphml><graph>", "cannot be read as XML"),
    ],
)
def test_other_xml_is_refused(tmp_path, text, message):
    path = tmp_path / "a.graphml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        graphml_layers(path)


def test_graphs_without_a_crs_or_coordinates_are_refused(saved):
    with pytest.raises(InputError, match="has no CRS"):
        graphml_layers(saved(crs=None))
    with pytest.raises(InputError, match="its CRS 'nowhere' is not known"):
        graphml_layers(saved(crs="nowhere"))
    with pytest.raises(InputError, match=r"2 edges have nodes without coordinates x and y \(number 2, 3\)"):
        graphml_layers(saved(x="east", y="north"))
