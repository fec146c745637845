System.Console.WriteLine("reports host");
