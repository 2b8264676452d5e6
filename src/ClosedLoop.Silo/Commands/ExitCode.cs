namespace ClosedLoop.Silo.Commands;

/// <summary>Exit codes of the command line; scripts depend on the numbers.</summary>
public static class ExitCode
{
    public const int Ok = 0;
    public const int Other = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int NotFound = 4;
    public const int Temporary = 5;
    public const int InvalidData = 6;
    public const int Fatal = 7;
    public const int Refused = 8;
    public const int NothingToDo = 9;
    public const int TimeOut = 10;
    public const int Partial = 11;
    public const int Interrupted = 130;
}
