namespace ClosedLoop.Testing;

/// <summary>A test that needs Debian's Python with modules of Debian packages; skipped, with the way to install them, when one is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsPythonFactAttribute : FactAttribute
{
    public NeedsPythonFactAttribute(params string[] modules)
    {
        var missing = modules.Where(module => !Directory.Exists($"/usr/lib/python3/dist-packages/{module}")).ToList();
        if (!File.Exists(PythonReader.Program) || missing.Count > 0)
            Skip = $"{PythonReader.Program} with {string.Join(", ", modules)} is not installed: apt-get install python3 {string.Join(' ', modules.Select(module => "python3-" + module))}";
    }
}
