namespace ClosedLoop.Silo.Demo;

/// <summary>What an invented recipient's side sends back after the mail was taken.</summary>
internal enum DemoReturn
{
    Nothing = 0,

    /// <summary>A delivery report with 5.1.1.</summary>
    HardBounce,

    /// <summary>A delivery report with 5.2.2.</summary>
    SoftBounce,

    /// <summary>An automatic answer.</summary>
    OutOfOffice,

    /// <summary>A person's answer.</summary>
    Reply,
}
