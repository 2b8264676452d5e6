namespace ClosedLoop.Delivery.Linting;

/// <summary>What is checked besides the language of the templates and the markup of the parts.</summary>
public enum LintRules
{
    /// <summary>A part by itself.</summary>
    Part,

    /// <summary>Also what a whole mailing needs: subject, text part, unsubscribe link, use of the columns.</summary>
    Mailing,
}
