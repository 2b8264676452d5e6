namespace ClosedLoop.Delivery.Linting;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>The mailing can be sent, but hardly as its author meant it.</summary>
    Warning,

    /// <summary>The mailing cannot be used.</summary>
    Error,
}
