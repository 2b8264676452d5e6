namespace ClosedLoop.Operations.Hosting;

/// <summary>Marks routes that take a form of the dashboard.</summary>
internal sealed class FormPost
{
    private FormPost()
    {
    }

    public static FormPost Mark { get; } = new();
}
