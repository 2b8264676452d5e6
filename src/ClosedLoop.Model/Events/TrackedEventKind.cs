namespace ClosedLoop.Model.Events;

/// <summary>What a person, or a machine on their behalf, did with a message. The values are stored.</summary>
public enum TrackedEventKind
{
    /// <summary>The open pixel was loaded.</summary>
    Open = 1,

    /// <summary>A tracked link was followed.</summary>
    Click = 2,

    /// <summary>The recipient asked to receive no more.</summary>
    Unsubscribe = 3,
}
