import Agent

/// How many alerts there were, counted by whoever judges and looked at by whoever answers: both on the thread that captures.
final class AlertTallyBox {
    var tally = AlertTally()
}
