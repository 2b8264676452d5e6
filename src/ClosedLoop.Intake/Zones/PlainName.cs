namespace ClosedLoop.Intake.Zones;

/// <summary>A file name that stays in its folder.</summary>
internal static class PlainName
{
    public static bool Is(string name) =>
        name is not (null or "" or "." or "..") && name.Length <= 255 && name.AsSpan().IndexOfAny("/\\\0") < 0;
}
