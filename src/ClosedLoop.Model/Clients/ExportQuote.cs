namespace ClosedLoop.Model.Clients;

/// <summary>Which values of a response file are quoted (closed-loop spec section 17.2).</summary>
public enum ExportQuote
{
    /// <summary>Every value that is not NULL.</summary>
    All,

    /// <summary>Only where the grammar needs it, and the empty text, which would be NULL without quotes.</summary>
    Minimal,
}
