#!/usr/bin/env python3
"""What the bench would rather not get wrong: losing a write unseen, a wrong ratio, a plot nobody can
open, a path that became dearer. Run by ./x test."""

import importlib.util
import pathlib
import tempfile
import types
import unittest
import xml.etree.ElementTree

import durability
import host
import jobs
import plot
from spread import ratios, spread

HERE = pathlib.Path(__file__).resolve().parent


def load_of(values, people, sent, folder):
    """As measure.Load looks to the durability check."""
    (folder / "bearers").write_text("token\n" * people)
    server = types.SimpleNamespace(material=folder, values=lambda: values)
    return types.SimpleNamespace(server=server, sent=sent, job=jobs.ALL["metafields_set"])


class Durability(unittest.TestCase):
    def lost(self, values, people=3, sent=7):
        with tempfile.TemporaryDirectory() as folder:
            return durability._lost_values(load_of(values, people, sent, pathlib.Path(folder)))

    def test_each_person_has_the_last_value_that_was_sent_for_them(self):
        self.assertEqual(self.lost([6, 4, 5]), 0)

    def test_an_older_value_is_a_lost_write(self):
        self.assertEqual(self.lost([3, 4, 5]), 1)

    def test_a_missing_value_is_a_lost_write(self):
        self.assertEqual(self.lost([6, 4]), 1)

    def test_people_who_were_never_asked_for_have_none(self):
        self.assertEqual(self.lost([0, 1], people=5, sent=2), 0)


class Templates(unittest.TestCase):
    def test_a_request_has_the_length_it_says_once_it_is_filled_in(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for job in [*jobs.ALL.values(), *jobs.GROWTH.values(), *jobs.OIDC.values()]:
                (folder / "basic").write_text("YmFzaWM=\n")
                (folder / job.material).write_text("a-token\nb-token\n")
                text = job.template(folder).replace("{token}", "a-token")
                text = text.replace("{number}", str(jobs.FIRST_NUMBER + 17))
                head, _, body = text.partition("\r\n\r\n")
                said = [line.split(": ")[1] for line in head.split("\r\n")
                        if line.startswith("Content-Length")]
                self.assertEqual(said, [str(len(body))] if body else [], job.name)


class Figures(unittest.TestCase):
    def test_a_ratio_is_of_slices_that_ran_together(self):
        found = ratios([10, 20, 10], [100, 100, 150])
        self.assertEqual((found.median, found.low, found.high), (10, 5, 15))

    def test_a_disturbed_slice_says_by_what(self):
        quiet = host.Disturbance(steal=0, missing=0.01, others=0.1, spin=1.1)
        self.assertEqual(quiet.reasons(), [])
        noisy = host.Disturbance(steal=0.02, missing=0.2, others=0.1, spin=1.5)
        self.assertEqual(noisy.reasons(), ["steal", "missing ticks", "slow core"])

    def test_plots_are_well_formed(self):
        one = spread([1.5, 2.5, 9])
        bars = plot.bars("A < B", "µs", [("a & b", [(0, one, "2 µs"), (1, one, "3 µs")])], ["a", "b"])
        panel = ("people", "n", [("user", [(1, one), (1000, one)])])
        for text in (bars, plot.curves("Growth", "µs", [[panel, panel], [panel]])):
            root = xml.etree.ElementTree.fromstring(text)
            self.assertTrue(root.tag.endswith("svg"))


class Instructions(unittest.TestCase):
    def setUp(self):
        spec = importlib.util.spec_from_file_location("check", HERE.parent / "instructions/check.py")
        self.check = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.check)

    def test_only_what_an_object_spends_itself_is_its_own(self):
        dump = ("desc: Trigger: Client Request: user\nob=/bin/program\nfn=main\n16 7\ncob=/lib/libx.so.3\n"
                "cfn=malloc\ncalls=2 12\n16 500\n+1 3\n\nob=/lib/libx.so.3\nfn=malloc\n12 500\n")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "callgrind.out.1")
            path.write_text(dump)
            self.assertEqual(self.check.count_file(path), ("user", {"program": 10, "libx": 500}, 2))

    def worse(self, now):
        baseline = {"user": {"latchkey": 1000, "sqlite": 500, "allocations": 30},
                    "parse": {"latchkey": 100, "allocations": 0}}
        return self.check.compare(baseline, {**baseline, **now})

    def test_a_tenth_more_is_found_and_a_hundredth_is_not(self):
        self.assertEqual(self.worse({"user": {"latchkey": 1150, "sqlite": 500, "allocations": 30}}), ["user"])
        self.assertEqual(self.worse({"user": {"latchkey": 1015, "sqlite": 500, "allocations": 30}}), [])

    def test_more_allocations_are_found(self):
        self.assertEqual(self.worse({"user": {"latchkey": 1000, "sqlite": 500, "allocations": 33}}), ["user"])
        self.assertEqual(self.worse({"parse": {"latchkey": 100, "allocations": 1}}), ["parse"])

    def test_a_path_that_is_not_counted_any_more_is_found(self):
        baseline = {"user": {"latchkey": 1000, "allocations": 3}}
        self.assertEqual(self.check.compare(baseline, {}), ["user"])


if __name__ == "__main__":
    unittest.main(buffer=True)
