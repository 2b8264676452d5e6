namespace ClosedLoop.Silo.Logging;

/// <summary>How lines of the log look.</summary>
public enum LogFormat
{
    /// <summary>For people: <c>info: Category[1001] message</c>.</summary>
    Text,

    /// <summary>One JSON object a line, for programs.</summary>
    Json,
}
