namespace ClosedLoop.Operations.Reading;

/// <summary>Who did something in the story of a person.</summary>
public enum StoryLane
{
    /// <summary>This service: took over, sent, gave up.</summary>
    Service,

    /// <summary>The reader, or a machine in his place: opened, clicked, unsubscribed.</summary>
    Reader,

    /// <summary>The other side: bounces and replies.</summary>
    Answers,

    /// <summary>Operators and lists: blocked, freed, counted.</summary>
    Standing,
}
