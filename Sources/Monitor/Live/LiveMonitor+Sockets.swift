import Containers
import Pipeline

/// Whose sockets the pipeline wants to know, and what the watch of the host says to that.
extension LiveMonitor {
    /// Hands on what the pipeline asks. What there is no room for is never answered, and said to be so.
    func askForSockets() {
        let questions = pipeline.takeQuestions()
        let refused = watch.questions.put(questions)
        for question in questions.suffix(refused) { pipeline.giveUp(question) }
    }

    /// Takes in which questions have no answer; answers come as entries, and have been taken in before.
    func hearOfSockets() {
        for question in watch.unanswered.take() { pipeline.giveUp(question) }
        // A translation may have had one asked anew.
        askForSockets()
    }
}
