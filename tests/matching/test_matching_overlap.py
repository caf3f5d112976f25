"""What two texts have in common."""

from matching.overlap import overlap


def test_inflections_and_nouns_of_one_verb_are_one_word() -> None:
    assert overlap("Calibration of gauges", "Calibrated a gauge").phrase == "calibrated, gauge"
    assert overlap("Renewals of leases", "Renewed a lease").phrase == "renewed, lease"


def test_ordinary_words_and_numbers_are_nothing_in_common() -> None:
    common = overlap("5 years of experience in a team", "Worked 5 years with experience in a team")
    assert not common.shared


def test_a_word_of_several_meanings_is_shared_but_tells_nothing() -> None:
    common = overlap("Build the sales pipeline", "Built a data pipeline")
    assert common.shared
    assert not common.telling


def test_a_phrase_names_what_is_shared_in_the_words_of_the_evidence() -> None:
    assert overlap("Run paid search in Airflow", "Replaced cron jobs with Airflow").phrase == "Airflow"
    assert overlap("Fractions", "Fractions for pupils").phrase == "fractions"
