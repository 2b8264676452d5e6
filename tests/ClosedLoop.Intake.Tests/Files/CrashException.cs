namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Stands for the death of the process: nothing in the product catches it.</summary>
public sealed class CrashException : Exception;
