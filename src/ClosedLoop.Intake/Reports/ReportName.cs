using ClosedLoop.Intake.Zones;

namespace ClosedLoop.Intake.Reports;

/// <summary>Names of the reports of a file. A name may be tested and then be sent, so the reports of test files have names of their own.</summary>
internal static class ReportName
{
    public static string Of(string fileName, bool test, string extension) => $"{FinalName.BaseName(fileName)}.{(test ? "test." : "")}{extension}";
}
