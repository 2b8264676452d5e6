namespace ClosedLoop.Silo.Simulation;

/// <summary>What an invented person, or a machine before the person, does with a message.</summary>
internal enum Deed
{
    Open,
    ProxyOpen,
    Click,
    ScannerClick,
    Unsubscribe,
    HardBounce,
    SoftBounce,
    OutOfOffice,
    Reply,
    Complaint,
}
