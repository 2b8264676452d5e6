namespace ClosedLoop.Intake.Reports;

/// <summary>Spelling of <see cref="RestartOptions"/> in error file and status.</summary>
public static class RestartWords
{
    public static string Words(this RestartOptions options) => options == RestartOptions.FailedImport ? "retry|replace|discard" : "retry|discard";
}
