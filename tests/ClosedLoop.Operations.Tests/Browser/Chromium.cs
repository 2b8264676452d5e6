namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>The browser of the system; none is downloaded.</summary>
internal static class Chromium
{
    public const string Path = "/usr/bin/chromium";
}
