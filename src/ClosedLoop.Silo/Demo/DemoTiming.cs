namespace ClosedLoop.Silo.Demo;

/// <summary>Seconds since the process started.</summary>
internal sealed record DemoTiming(double FirstMail, double Sent, double Files, double End);
