"""A thousand kills at random moments, about half of them inside the writing of a checkpoint: nothing is lost. Hours long;
PAGET_KILLS sets another number."""

import os
import random
import time
import unittest

from interrupted_runs import Campaign, results
from paget_program import Workshop
from test_faults import MINIMAL, WORDS


class KillCampaign(unittest.TestCase):
    def test_every_final_state_equals_the_uninterrupted_one(self):
        wanted = int(os.environ.get("PAGET_KILLS", "1000"))
        shop = Workshop()
        self.addCleanup(shop.remove)
        campaign = Campaign(shop, MINIMAL, WORDS, random.Random(2026), ranks=(1, 2, 3, 4))
        expected = campaign.reference()
        start = time.monotonic()
        for folder, code, text in campaign.runs_until(wanted, most_per_run=25):
            self.assertEqual(code, 0, text)
            self.assertEqual(results(folder), expected)
            print(f"{campaign.kills} kills in {campaign.runs} runs so far", flush=True)
        print(f"{campaign.kills} kills, {campaign.kills_in_a_write} of them with a checkpoint half written, "
              f"{campaign.kills_with_a_checkpoint} with one to go on from, in {campaign.runs} runs, all with the right bytes; {(time.monotonic() - start) / 60:.0f} min")
        self.assertGreaterEqual(3 * campaign.kills_in_a_write, campaign.kills)
        self.assertGreaterEqual(2 * campaign.kills_with_a_checkpoint, campaign.kills)


if __name__ == "__main__":
    unittest.main()
