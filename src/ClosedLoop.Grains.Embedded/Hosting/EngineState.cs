namespace ClosedLoop.Grains.Embedded;

/// <summary>Stations of the engine's life.</summary>
internal enum EngineState
{
    NotStarted,

    Running,

    /// <summary>Calls from outside are refused; those of running grains still go through.</summary>
    Draining,

    Stopped,
}
