namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>A test that needs Chromium and axe-core; skipped where either is missing.</summary>
public sealed class AxeFactAttribute : FactAttribute
{
    public AxeFactAttribute()
    {
        if (!File.Exists(Chromium.Path)) Skip = $"{Chromium.Path} is missing: apt-get install chromium";
        else if (AxeScript.Path is null) Skip = "axe-core could not be had: it is fetched with npm when the tests run, or named by CLOSEDLOOP_AXE";
    }
}
