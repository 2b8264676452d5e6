namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>A test that needs Chromium; skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (!File.Exists(Chromium.Path)) Skip = $"{Chromium.Path} is missing: apt-get install chromium";
    }
}
