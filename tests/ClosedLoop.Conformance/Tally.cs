namespace ClosedLoop.Conformance;

/// <summary>Right and wrong answers to one question.</summary>
internal sealed class Tally(string name)
{
    public string Name { get; } = name;

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void Count(bool right, string failure, TextWriter output)
    {
        if (right)
        {
            Passed++;
            return;
        }

        Failed++;
        output.WriteLine($"{Name}: {failure}");
    }
}
