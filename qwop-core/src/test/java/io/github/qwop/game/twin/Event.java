package io.github.qwop.game.twin;

/** What can be met in play, as campaigns count it. */
public enum Event {
    CANONICAL_START("canonical starts"),
    FRESH_PAGE("fresh pages after one idle update"),
    IDLE_PAGE("fresh pages after several idle updates"),
    RESTART("restarts without keys"),
    RESTART_WITH_KEYS("restarts with keys held"),
    SHIFT("shifts by hand"),
    FALL("falls"),
    CAMERA_LIFTED("episodes with the torso above the camera's lift"),
    WALL_CONTACT("contacts of a part with the wall begun"),
    BEHIND_WALL("episodes behind the wall"),
    TRACK_END("episodes past the camera's end"),
    HURDLE_CONTACT("contacts of a part with the hurdle begun"),
    HURDLE_EPISODE("episodes with such a contact"),
    HURDLE_WOKEN("hurdles woken"),
    HURDLE_ASLEEP("hurdles fallen asleep"),
    RUNNER_ASLEEP("runners fallen asleep"),
    RUNNER_WOKEN("runners woken"),
    SLEEP_AND_WAKING("episodes with a body asleep and then woken"),
    LANDING("landings"),
    LANDING_BY_FALL("landings by a fall"),
    SECOND_CONTACT("landings with a second contact in the same update"),
    SCORE_OVERWRITTEN("such landings whose score the second contact changed"),
    SPEED_CLAMPED("updates with a body at the largest speed"),
    SPIN_CLAMPED("updates with a body at the largest spin");

    private final String words;

    Event(String words) {
        this.words = words;
    }

    /** In the plural, as a sentence would say it. */
    @Override
    public String toString() {
        return words;
    }
}
