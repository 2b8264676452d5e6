namespace ClosedLoop.Liquid;

/// <summary>A catalogue refuses to let a render go on; the message says what is missing.</summary>
public sealed class LiquidCatalogueException : Exception
{
    public LiquidCatalogueException()
    {
    }

    public LiquidCatalogueException(string message)
        : base(message)
    {
    }

    public LiquidCatalogueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
