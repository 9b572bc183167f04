package dev.mandate.sandbox.demo;

/**
 * One step of the story.
 *
 * @param title what it shows, in a sentence without a full stop
 * @param play plays it
 */
record Step(String title, Play play) {

    /** Asks, looks at what came, and tells the scene about it. */
    @FunctionalInterface
    interface Play {
        void play(Scene scene) throws Exception;
    }

    /** Plays it. What goes wrong on the way is not as expected either. */
    Scene played() {
        var scene = new Scene();
        try {
            play.play(scene);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            scene.expect("it is not interrupted", false);
        } catch (Exception e) {
            scene.back(e.toString());
            scene.expect("it goes on to its end", false);
        }
        return scene;
    }
}
